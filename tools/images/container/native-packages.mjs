import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What an image needs of a package that cannot be bundled; the rest is for other platforms. */
const needed = {
  'onnxruntime-node': ['package.json', 'dist', 'bin/napi-v6/linux/x64'],
  'onnxruntime-common': ['package.json', 'dist/cjs'],
};

/** Where ONNX Runtime looks for its execution providers, below the app's folder. */
export const providerFolder = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64';

export function copyPackage(from, to) {
  const parts = needed[basename(from)];
  if (!parts) throw new Error(`native-packages.mjs does not say what is needed of ${from}`);
  for (const part of parts)
    cpSync(join(from, part), join(to, part), {
      recursive: true,
      filter: (path) => !/\.(map|d\.ts)$/.test(path),
    });
}
