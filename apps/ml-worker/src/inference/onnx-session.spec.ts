import { minutesPerWeek } from '@clarity/domain';
import { encodeOnnx } from '../onnx/onnx-format';
import { architectures, embedWidth } from '../pat/architecture';
import { encoderGraph } from '../pat/encoder-graph';
import { syntheticWeights } from '../pat/synthetic-weights';
import { ModelStalled } from './answering-thread';
import { openEncoder, type EncoderSession, type RunLimits } from './onnx-session';

const graph = encodeOnnx(encoderGraph(architectures.S, syntheticWeights(architectures.S)));
const opened: EncoderSession[] = [];
afterAll(() => Promise.all(opened.map((encoder) => encoder.release())));

async function open(limits?: RunLimits): Promise<EncoderSession> {
  const encoder = await openEncoder(graph, 'cpu', limits);
  opened.push(encoder);
  return encoder;
}
const week = new Float32Array(minutesPerWeek).fill(0.5);
const weeks = (count: number) => new Float32Array(count * minutesPerWeek);

test('the caller’s thread goes on while the model computes, and keeps its weeks', async () => {
  const encoder = await open();
  let ticks = 0;
  let computing = true;
  const tick = () => {
    ticks++;
    if (computing) setImmediate(tick);
  };
  tick();
  const many = weeks(20);
  expect(await encoder.run(many)).toHaveLength(20 * embedWidth);
  computing = false;
  expect(ticks).toBeGreaterThan(20);
  expect(many).toHaveLength(20 * minutesPerWeek);
});

test('runs that are asked for at once answer each caller its own', async () => {
  const encoder = await open();
  const [alone, zeros] = [await encoder.run(week), await encoder.run(weeks(1))];
  const together = await Promise.all([week, weeks(1), week].map((input) => encoder.run(input)));
  expect(together).toEqual([alone, zeros, alone]);
});

test('a run that fails leaves the session as it was', async () => {
  const encoder = await open();
  await expect(encoder.run(week, 'nothing' as 'tokens')).rejects.toThrow(/nothing/);
  await expect(encoder.run(week)).resolves.toHaveLength(embedWidth);
});

test('a run that hangs is given up after its limit, and so is every run after it', async () => {
  const encoder = await open({ load: 60_000, firstRun: 30, run: 30 });
  const both = await Promise.allSettled([encoder.run(weeks(100)), encoder.run(week)]);
  expect(both.map(({ status, ...end }) => [status, (end as PromiseRejectedResult).reason])).toEqual(
    [
      ['rejected', expect.any(ModelStalled)],
      ['rejected', expect.any(ModelStalled)],
    ],
  );
});

test('only the first run of a size may take the time that a GPU needs to prepare itself', async () => {
  const encoder = await open({ load: 60_000, firstRun: 60_000, run: 1 });
  await encoder.run(weeks(4));
  await expect(encoder.run(weeks(4))).rejects.toBeInstanceOf(ModelStalled);
});

test('a graph that is none is refused with the words of ONNX Runtime', async () => {
  await expect(openEncoder(Buffer.from('no graph'), 'cpu')).rejects.toThrow(/protobuf/i);
});
