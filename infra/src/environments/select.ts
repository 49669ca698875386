import { parser, ValidationError } from '@clarity/schema';
import { embedded } from './accounts';
import { brokenRules } from './checks';
import { dev } from './dev';
import { local } from './local';
import { localNext } from './local-next';
import { prod } from './prod';
import { type Environment, environmentSchema } from './schema';
import { staging } from './staging';

export const environments: Readonly<Record<string, Environment>> = {
  dev,
  staging,
  prod,
  local,
  localnext: localNext,
};

/**
 * Checks an environment against the schema and the rules between its settings.
 * @throws ValidationError with a JSON pointer for each mistake
 */
export function parseEnvironment(name: string, input: unknown): Environment {
  const environment = parser(`environment ${name}`, environmentSchema)(input);
  const errors = brokenRules(environment);
  if (errors.length > 0) throw new ValidationError(`The environment ${name} is not valid.`, errors);
  return environment;
}

/**
 * The environment that the variables select: CLARITY_ENVIRONMENT (default dev), on the AWS that it belongs to,
 * or with CLARITY_AWS=embedded on an empty embedded AWS. That has no bucket yet, so the state is in files.
 * @throws ValidationError if a variable is unknown or the environment is not valid
 */
export function selectEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const name = variables['CLARITY_ENVIRONMENT'] || 'dev';
  const chosen = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (!chosen) {
    const known = Object.keys(environments).join(', ');
    throw new ValidationError(`CLARITY_ENVIRONMENT is "${name}"; it must be one of ${known}.`);
  }
  const target = variables['CLARITY_AWS'] || 'own';
  if (target !== 'own' && target !== 'embedded')
    throw new ValidationError(`CLARITY_AWS is "${target}"; it must be own or embedded.`);
  if (target === 'own') return parseEnvironment(name, chosen);
  const state = { kind: 'file', folder: '../../state' } as const;
  return parseEnvironment(name, { ...chosen, account: { ...embedded, state } });
}
