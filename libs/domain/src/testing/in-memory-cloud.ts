import type { CloudProvider } from '../ports/cloud-provider';
import {
  inMemoryAuthProvider,
  type AuthOptions,
  type InMemoryAuthProvider,
} from './in-memory-auth-provider';
import {
  inMemoryHealthDataRepository,
  type HealthDataOptions,
  type InMemoryHealthDataRepository,
} from './in-memory-health-data-repository';
import {
  inMemoryIdempotencyLedger,
  type InMemoryIdempotencyLedger,
} from './in-memory-idempotency-ledger';
import {
  inMemoryJobQueue,
  type InMemoryJobQueue,
  type JobQueueOptions,
} from './in-memory-job-queue';
import { inMemoryMessageBus, type InMemoryMessageBus } from './in-memory-message-bus';
import { inMemoryObjectStore, type InMemoryObjectStore } from './in-memory-object-store';
import { inMemorySecretStore, type InMemorySecretStore } from './in-memory-secret-store';

export interface InMemoryCloud extends CloudProvider {
  readonly healthData: InMemoryHealthDataRepository;
  readonly idempotency: InMemoryIdempotencyLedger;
  readonly objects: InMemoryObjectStore;
  readonly auth: InMemoryAuthProvider;
  readonly events: InMemoryMessageBus;
  /** Receives what `events` publishes with type `analysis.requested`. */
  readonly analysisJobs: InMemoryJobQueue;
  readonly deadLetters: InMemoryJobQueue;
  readonly secrets: InMemorySecretStore;
}

export interface InMemoryCloudOptions extends AuthOptions, JobQueueOptions, HealthDataOptions {
  readonly bucket?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A whole cloud in memory, empty and apart from any other one. */
export function inMemoryCloud(options: InMemoryCloudOptions = {}): InMemoryCloud {
  const events = inMemoryMessageBus();
  const deadLetters = inMemoryJobQueue({ ...options, maxDeliveries: Infinity });
  const analysisJobs = inMemoryJobQueue({ ...options, bury: deadLetters.send });
  events.subscribe('analysis.requested', (body) => analysisJobs.send(body));
  return {
    healthData: inMemoryHealthDataRepository(options),
    idempotency: inMemoryIdempotencyLedger(),
    objects: inMemoryObjectStore(options.bucket),
    auth: inMemoryAuthProvider(options),
    events,
    analysisJobs,
    deadLetters,
    secrets: inMemorySecretStore(options.secrets),
  };
}
