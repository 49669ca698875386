/**
 * The thread that ONNX Runtime computes in: its `run` is synchronous, and would stop a thread that answers
 * callers. JavaScript, because tests start it from here as it is. `onnx-session.ts` has the other side.
 */
const { InferenceSession, Tensor } = require('onnxruntime-node');
const { parentPort, workerData } = require('node:worker_threads');

/** @param {{ name: string, data: Float32Array, dims: number[], output: string }} input */
async function answerOf(session, { name, data, dims, output }) {
  const results = await session.run({ [name]: new Tensor('float32', data, dims) }, [output]);
  return results[output]?.data;
}

async function serve() {
  const session = await InferenceSession.create(workerData.graph, workerData.options);
  parentPort.on('message', async (input) => {
    if (input === 'end') return parentPort.close();
    parentPort.postMessage(
      await answerOf(session, input).then(
        (answer) => ({ answer }),
        ({ message }) => ({ failure: message }),
      ),
    );
  });
  parentPort.postMessage({});
}

serve().catch(({ message }) => parentPort.postMessage({ failure: message }));
