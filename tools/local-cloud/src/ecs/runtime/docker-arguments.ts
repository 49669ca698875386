import type { ContainerSpec } from './task-runtime';

/** Of our own environment: what the client needs to find its engine and its logins. */
const clientVariables = [
  'PATH',
  'HOME',
  'DOCKER_HOST',
  'DOCKER_CONFIG',
  'DOCKER_CONTEXT',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
];

export function clientEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    clientVariables.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * The reference to pull: ECR's, or the same repository of a registry that replaces it.
 * @param registry e.g. `127.0.0.1:5000`
 */
export const referenceIn = (registry: string | undefined, image: string): string =>
  registry === undefined ? image : image.replace(/^[^/]+(?=\/)/, registry);

/**
 * Arguments of `docker` that run a container as its task definition promises: nothing to write to but
 * /tmp, no capabilities, no way to gain any. It shares this machine's network, so that it finds AWS where
 * every other program here does. Values are the client's environment, not arguments, which everybody
 * on the machine could read; only names that the client itself reads have to be spelled out.
 */
export function runArguments(
  { environment, entryPoint, command }: ContainerSpec,
  { name, image, taskId }: { name: string; image: string; taskId: string },
): readonly string[] {
  const [program, ...before] = entryPoint ?? [];
  return [
    'run',
    '--rm',
    `--name=${name}`,
    `--label=clarity.task=${taskId}`,
    '--pull=never',
    '--network=host',
    ...['--read-only', '--tmpfs=/tmp', '--cap-drop=ALL', '--security-opt=no-new-privileges'],
    '--pids-limit=256',
    ...Object.entries(environment).map(([variable, value]) =>
      clientVariables.includes(variable) ? `--env=${variable}=${value}` : `--env=${variable}`,
    ),
    ...(program === undefined ? [] : [`--entrypoint=${program}`]),
    image,
    ...before,
    ...(command ?? []),
  ];
}

/** What the client is started with: how it finds its engine, and the values that it passes on. */
export const runEnvironment = (
  { environment }: ContainerSpec,
  client: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(environment).filter(([variable]) => !clientVariables.includes(variable)),
  ),
  ...client,
});
