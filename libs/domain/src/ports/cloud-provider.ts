import type { AuthProvider } from './auth-provider';
import type { HealthDataRepository } from './health-data-repository';
import type { IdempotencyLedger } from './idempotency-ledger';
import type { JobQueue, MessageBus } from './messages';
import type { ObjectStore } from './object-store';
import type { SecretStore } from './secret-store';

/** Everything the apps need of a cloud; one factory a cloud makes it. */
export interface CloudProvider {
  readonly healthData: HealthDataRepository;
  readonly idempotency: IdempotencyLedger;
  readonly objects: ObjectStore;
  readonly auth: AuthProvider;
  readonly events: MessageBus;
  readonly analysisJobs: JobQueue;
  /** Jobs that `analysisJobs` has delivered as often as it may. */
  readonly deadLetters: JobQueue;
  readonly secrets: SecretStore;
}
