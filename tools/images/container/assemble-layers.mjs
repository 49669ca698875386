/**
 * Lays out what an app's image holds: one folder a layer, which the Dockerfile copies to /. What
 * seldom changes is a layer of its own, so that a release brings only its bundle: `system` (node and
 * the libraries it loads), `cuda`, `modules` (packages that cannot be bundled), `app`.
 *
 * Runs inside the build, on the image's own base.
 * Usage: node assemble-layers.mjs <app> --to <folder>
 *   [--package <name> …] [--provider <folder of ONNX Runtime providers>] [--cuda <folder>]
 */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyPackage, providerFolder } from './native-packages.mjs';
import { settle } from './settle.mjs';
import { copyLibrariesOf } from './shared-libraries.mjs';

const workspaceRoot = resolve(import.meta.dirname, '../../..');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string' },
    package: { type: 'string', multiple: true, default: [] },
    provider: { type: 'string' },
    cuda: { type: 'string' },
  },
});
const [app] = positionals;
if (!app || !values.to) {
  console.error('usage: assemble-layers.mjs <app> --to <folder>, see the file');
  process.exit(2);
}

/** 65532 is the nonroot of distroless images. */
const accounts = {
  passwd: 'root:x:0:0::/:/nologin\nclarity:x:65532:65532::/app:/nologin\n',
  group: 'root:x:0:\nclarity:x:65532:\n',
  // Without it the C library asks the name server for localhost first.
  'nsswitch.conf': 'hosts: files dns\n',
};

const [system, cuda, modules, bundle] = ['system', 'cuda', 'modules', 'app'].map((name) =>
  join(values.to, name),
);
for (const folder of [join(system, 'etc'), join(system, 'tmp'), cuda, modules, bundle])
  mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(accounts)) writeFileSync(join(system, 'etc', name), text);
cpSync(process.execPath, join(system, 'usr/local/bin/node'));
if (values.cuda) cpSync(values.cuda, cuda, { recursive: true });
for (const name of values.package)
  copyPackage(join(workspaceRoot, 'node_modules', name), join(modules, 'app/node_modules', name));
if (values.provider)
  cpSync(values.provider, join(modules, 'app', providerFolder), { recursive: true });

const missing = copyLibrariesOf([process.execPath, ...nativeFiles(modules)], values.to, system);
const brought = new Set(nativeFiles(values.to).map((path) => basename(path)));
const nowhere = missing.filter((name) => !brought.has(name) && !/^libcuda\.so/.test(name));
if (nowhere.length > 0) {
  console.error(`Nothing in the image has ${nowhere.join(', ')}`);
  process.exit(1);
}

cpSync(join(workspaceRoot, 'dist', app), join(bundle, 'app'), {
  recursive: true,
  filter: (path) => !path.endsWith('.map'),
});
settle(values.to);

function nativeFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.node$|\.so(\.\d+)*$/.test(name))
    .map((name) => join(folder, name));
}
