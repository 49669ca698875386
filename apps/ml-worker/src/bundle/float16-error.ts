import { minutesPerWeek, type Scaling } from '@clarity/domain';
import { openEncoder } from '../inference/onnx-session';
import { probeWeek } from '../inference/probe-week';
import { scaleWeek } from '../inference/scale-week';

/**
 * How far a graph in float16 is from the same one in float32: the largest difference of a coordinate of the embedding of
 * an ordinary week, of one at rest, and of one with all its movement in one minute, as large as a z-score gets. Both run
 * on a CPU, which rounds to float16 after each operator; a GPU rounds no more often.
 */
export async function float16Error(
  float16: Uint8Array,
  float32: Uint8Array,
  scaling: Scaling,
): Promise<number> {
  const weeks = [probeWeek(), new Float32Array(minutesPerWeek), aSingleMovement()];
  const [half, full] = [await openEncoder(float16, 'cpu'), await openEncoder(float32, 'cpu')];
  try {
    const errors = [];
    for (const week of weeks.map((counts) => scaleWeek(counts, scaling))) {
      const [actual, expected] = [await half.run(week), await full.run(week)];
      errors.push(...expected.map((value, index) => Math.abs(value - (actual[index] ?? NaN))));
    }
    return Math.max(...errors);
  } finally {
    await half.release();
    await full.release();
  }
}

function aSingleMovement(): Float32Array {
  const counts = new Float32Array(minutesPerWeek);
  counts[minutesPerWeek / 2] = 1_000;
  return counts;
}
