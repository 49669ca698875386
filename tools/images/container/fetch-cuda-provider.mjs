/**
 * Fetches ONNX Runtime's CUDA provider, which is too large for the npm package, and unpacks its two
 * libraries. Nothing is written unless the package is the one whose checksum was given.
 *
 * Usage: node fetch-cuda-provider.mjs --to <folder> --sha256 <hex> [--url <of the NuGet package>]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import metadata from 'onnxruntime-node/script/install-metadata.js';

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    sha256: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
  },
});
if (!values.to || !/^[0-9a-f]{64}$/.test(values.sha256)) {
  console.error(
    'The CUDA variant needs --build-arg ONNXRUNTIME_CUDA_SHA256=<64 hex digits>: the checksum of the NuGet package that onnxruntime-node names.',
  );
  process.exit(2);
}

const wanted = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so'];

const url = values.url || (await packageAddress());
const archive = new Uint8Array(await (await get(url)).arrayBuffer());
const sha256 = createHash('sha256').update(archive).digest('hex');
if (sha256 !== values.sha256) {
  console.error(`${url} has the checksum ${sha256}, not ${values.sha256}`);
  process.exit(1);
}
const files = unzipSync(archive, {
  filter: ({ name }) => name.startsWith('runtimes/linux-x64/') && wanted.includes(basename(name)),
});
mkdirSync(values.to, { recursive: true });
for (const [name, content] of Object.entries(files))
  writeFileSync(join(values.to, basename(name)), content);
const missing = wanted.filter(
  (each) => !Object.keys(files).some((name) => basename(name) === each),
);
if (missing.length > 0) {
  console.error(`${url} does not hold ${missing.join(', ')}`);
  process.exit(1);
}

/** Where the package lies that fits the locked onnxruntime-node, in that package's own words. */
async function packageAddress() {
  const { name, versions } = metadata.packages['nuget:linux/x64:cuda12'];
  const [{ feed, version }] = versions;
  const { resources } = await (await get(metadata.feeds[feed].index)).json();
  const { '@id': base } = resources.find((each) => each['@type'] === 'PackageBaseAddress/3.0.0');
  const id = name.toLowerCase();
  return `${base.replace(/\/$/, '')}/${id}/${version}/${id}.${version}.nupkg`;
}

async function get(address) {
  const response = await globalThis.fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}
