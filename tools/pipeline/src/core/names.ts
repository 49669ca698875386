import type { EnvironmentName } from './environment';

/** The apps that are rolled out, each an ECS service of its own. */
export const apps = ['api', 'ml-worker'] as const;
export type App = (typeof apps)[number];

/**
 * Names of an environment's resources, as infra gives them. A rollback goes by these: it must not wait
 * for a synthesis or for Terraform.
 */
export function namesOf(environment: EnvironmentName) {
  const prefix = `clarity-${environment}`;
  return {
    cluster: prefix,
    service: (app: App) => `${prefix}-${app}`,
    table: `${prefix}-health`,
  };
}

/** ECS needs this long at most for a rollout that goes well; the GPU worker waits for a host. */
export const rolloutLimitMs: Readonly<Record<App, number>> = {
  api: 15 * 60_000,
  'ml-worker': 30 * 60_000,
};
