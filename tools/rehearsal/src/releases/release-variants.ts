import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A release of the API that behaves in a particular way. The worker is the same in all. */
export type VariantName = 'v1' | 'v2' | 'v3';

export interface Variant {
  readonly name: VariantName;
  /** What it does, e.g. `never gets healthy`. */
  readonly what: string;
  /** Exit code of `pipeline deploy`; docs/pipelines.md has the table. */
  readonly expectedExitCode: number;
  readonly expectedVerdict: 'success' | 'rolledBack';
}

export const variants = {
  first: {
    name: 'v1',
    what: 'is the first release',
    expectedExitCode: 0,
    expectedVerdict: 'success',
  },
  neverHealthy: {
    name: 'v2',
    what: 'never gets healthy',
    expectedExitCode: 10,
    expectedVerdict: 'rolledBack',
  },
  errorsUnderLoad: {
    name: 'v3',
    what: 'turns 5xx under load',
    expectedExitCode: 10,
    expectedVerdict: 'rolledBack',
  },
} as const satisfies Record<string, Variant>;

/** On every answer that a broken release breaks on purpose, so that it is counted apart. */
export const brokenReleaseHeader = 'x-rehearsal-broken-release';

const startOriginal = "require('./app.js');\n";
const programs: Readonly<Record<VariantName, string>> = {
  v1: startOriginal,
  v2: `require('node:http')
  .createServer((request, response) => response.writeHead(503).end('v2: not ready\\n'))
  .listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
`,
  v3: `const { Server } = require('node:http');
const emit = Server.prototype.emit;
let requests = 0;
Server.prototype.emit = function (event, request, response) {
  if (event !== 'request' || !request.url.startsWith('/v1/') || ++requests <= 20)
    return emit.apply(this, arguments);
  response.writeHead(500, { '${brokenReleaseHeader}': 'v3' }).end();
  return true;
};
${startOriginal}`,
};

/**
 * Makes the folder of built apps from which a variant is deployed: the real build, started through a few
 * lines that break it.
 * @param built dist/apps
 */
export async function makeVariant(
  name: VariantName,
  built: string,
  folder: string,
): Promise<string> {
  const target = join(folder, name);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(built, target, { recursive: true });
  const api = join(target, 'api');
  await rename(join(api, 'main.js'), join(api, 'app.js'));
  await writeFile(join(api, 'main.js'), `// ${name}\n${programs[name]}`);
  return target;
}
