import Type, { type Static } from 'typebox';
import { account, accountId } from './account-schema';
import { data } from './data-schema';
import { cluster, domain, firewall, loadBalancer, network } from './foundation-schema';
import { inference } from './inference-schema';
import { observability } from './observability-schema';
import { closed, count } from './schema-terms';
import { services } from './services-schema';

const protection = closed({
  /** AWS's own deletion protection: load balancer, table, user pool. */
  deletion: Type.Boolean(),
  /** Terraform's prevent_destroy for stored data and its key. */
  preventDestroy: Type.Boolean(),
  /** Allows a teardown to delete buckets that contain objects. */
  emptyOnDestroy: Type.Boolean(),
  /** 0 deletes a secret immediately. */
  secretRecoveryDays: Type.Union([Type.Literal(0), count(7, 30)]),
  keyDeletionDays: count(7, 30),
});

const environmentName = Type.String({ pattern: '^[a-z][a-z0-9]{1,11}$' });

/**
 * Everything that may differ between environments. Stacks read it and never check the environment's name.
 */
export const environmentSchema = closed({
  name: environmentName,
  account,
  /** The environment in which a commit has to be current before it is deployed here; absent for the first. */
  previous: Type.Optional(closed({ environment: environmentName, account: accountId })),
  network,
  domain,
  loadBalancer,
  firewall,
  cluster,
  protection,
  data,
  services,
  /** Absent: no SageMaker endpoint and no Batch, and so no GPU quota for them. */
  inference: Type.Optional(inference),
  observability,
  /** What the environment omits because it cannot be applied there (plan-only.ts). */
  planOnly: Type.Optional(
    Type.Array(
      closed({ what: Type.String({ minLength: 1 }), reason: Type.String({ minLength: 1 }) }),
    ),
  ),
  /** Terraform's timeout for one slow resource, e.g. "20m". */
  resourceTimeout: Type.String({ pattern: '^\\d+m$' }),
});

export type Environment = Static<typeof environmentSchema>;
export type Account = Environment['account'];
