import { parser, ValidationError } from '@clarity/schema';
import { embedded, stateOf } from './accounts';
import { brokenRules } from './checks';
import { dev } from './dev';
import { local } from './local';
import { prod } from './prod';
import { type Environment, environmentSchema } from './schema';
import { staging } from './staging';

export const environments: Readonly<Record<string, Environment>> = { dev, staging, prod, local };

/**
 * Checks an environment's shape and the rules between its settings.
 * @throws ValidationError, a JSON pointer for each mistake
 */
export function parseEnvironment(name: string, input: unknown): Environment {
  const environment = parser(`environment ${name}`, environmentSchema)(input);
  const errors = brokenRules(environment);
  if (errors.length > 0) throw new ValidationError(`The environment ${name} is malformed.`, errors);
  return environment;
}

/**
 * The environment that the variables choose: CLARITY_ENVIRONMENT (default dev), and with
 * CLARITY_AWS=embedded any of them as it would be on the embedded AWS. State there is kept in files
 * unless CLARITY_STATE=s3.
 * @throws ValidationError for an unknown choice or malformed data
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
  const isEmbedded = target === 'embedded' || chosen.account === embedded;
  if (!isEmbedded) return parseEnvironment(name, chosen);
  const state = variables['CLARITY_STATE'] === 's3' ? stateOf(embedded.id) : embedded.state;
  return parseEnvironment(name, { ...chosen, account: { ...embedded, state } });
}
