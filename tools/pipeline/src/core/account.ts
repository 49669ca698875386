import type { EnvironmentName } from './environment';
import { PipelineError } from '../errors';

/** An environment of each account: its synthesis has the account's stack. */
export const environmentOfAccount = {
  nonproduction: 'dev',
  production: 'prod',
  embedded: 'local',
} as const satisfies Record<string, EnvironmentName>;
export type AccountName = keyof typeof environmentOfAccount;

export const accountNames = Object.keys(environmentOfAccount) as readonly AccountName[];

/** @throws PipelineError `usage` for an account that does not exist */
export function parseAccountName(text: string): AccountName {
  const name = accountNames.find((candidate) => candidate === text);
  if (name) return name;
  throw new PipelineError(
    'usage',
    `Unknown account "${text}".`,
    `Choose one of ${accountNames.join(', ')}.`,
  );
}
