import { parseArgs } from 'node:util';
import { DevError } from './dev-error';
import { serve } from './serve';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });

function portOf(argument: string): number {
  const port = Number(argument);
  if (!/^\d+$/.test(argument) || port < 1 || port > 65_535)
    throw new DevError(`${argument} is not a port from 1 to 65535.`);
  return port;
}

async function main(): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve());
  });
  await serve({ port: portOf(values.port), root: process.cwd(), stopped });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const text = error instanceof DevError ? error.message : (error as Error).stack;
    process.stderr.write(`serve: ${text}\n`);
    process.exit(1);
  },
);
