/**
 * Copies the CUDA and cuDNN libraries that ONNX Runtime loads out of NVIDIA's image, without the
 * distribution around them.
 *
 * Usage: node copy-cuda-libraries.mjs --from <root of the image> --to <folder of the layer>
 */
import { cpSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
if (!values.from || !values.to) {
  console.error('usage: copy-cuda-libraries.mjs --from <root> --to <folder>');
  process.exit(2);
}

/** Named as the loader asks for them (libcublas.so.12); longer names are links to the same file. */
const wanted =
  /^lib((cudart|cublas|cublasLt|cufft|curand|cudnn\w*|nvrtc|nvJitLink)\.so\.\d+|nvrtc-builtins\.so\.\d+\.\d+)$/;

// /usr/local/cuda is a link to an absolute path, which is another one out here.
const toolkit = readdirSync(join(values.from, 'usr/local')).find((name) => /^cuda-12/.test(name));
if (!toolkit) {
  console.error('CUDA_IMAGE holds no CUDA 12');
  process.exit(1);
}
const folders = [`usr/local/${toolkit}/targets/x86_64-linux/lib`, 'usr/lib/x86_64-linux-gnu'];
for (const folder of folders.map((each) => join(values.from, each)))
  for (const name of readdirSync(folder).filter((each) => wanted.test(each)))
    cpSync(realpathSync(join(folder, name)), join(values.to, 'usr/local/cuda/lib64', name));
