import { PipelineError } from '../errors';
import type { EnvironmentName } from './environment';

/** The apps that are rolled out, each as an ECS service of its own. */
export const apps = ['api', 'ml-worker'] as const;
export type App = (typeof apps)[number];

/** @throws PipelineError `usage` for an app that does not exist */
export function parseApp(name: string): App {
  const app = apps.find((candidate) => candidate === name);
  if (app) return app;
  throw new PipelineError('usage', `Unknown app "${name}".`, `Choose from ${apps.join(', ')}.`);
}

/** @returns an object with a value for every app */
export function forEveryApp<Value>(valueOf: (app: App) => Value): Record<App, Value> {
  return { api: valueOf('api'), 'ml-worker': valueOf('ml-worker') };
}

/**
 * Names of an environment's resources, as infra gives them. A rollback uses these, because it must not
 * wait for a synthesis or for Terraform.
 */
export function namesOf(environment: EnvironmentName) {
  const prefix = `clarity-${environment}`;
  return {
    cluster: prefix,
    service: (app: App) => `${prefix}-${app}`,
    table: `${prefix}-health`,
    jobs: `${prefix}-analysis-jobs`,
    deadLetters: `${prefix}-analysis-jobs-dlq`,
  };
}

/** The longest that a good rollout takes; the GPU worker may wait for a host. */
export const rolloutLimitMs: Readonly<Record<App, number>> = {
  api: 15 * 60_000,
  'ml-worker': 30 * 60_000,
};
