/**
 * Jest's Node environment with two differences:
 * - The main realm's typed arrays: native addons (onnxruntime) check `instanceof` against those and would refuse arrays
 *   made inside Jest's sandbox.
 * - An ordinary global object. Jest's is a Proxy, which makes each use of a global such as `Math` 50 times slower, only to
 *   clean up afterwards what `globalsCleanup` has turned off.
 */
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const shared = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    for (const name of shared) this.global[name] = globalThis[name];
  }
};
