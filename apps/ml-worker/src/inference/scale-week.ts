import { type Scaling } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';

/**
 * Scales a week of counts into what the encoder was made for. Computed in f64, stored as f32.
 *
 * - `none`: counts as they are
 * - `z-score`: (x - mean) / population standard deviation of the week's measured minutes; a week that
 *   never varies becomes 0
 * - `scalar`: (x - mean) / deviation, one pair for all minutes
 * - `per-minute`: (x - mean_t) / deviation_t
 *
 * A missing minute takes the value that the scaling calls average: 0, or under `none` the mean of the
 * week's measured minutes.
 * @param week [10080] counts, NaN = missing; left as it is
 * @returns [10080], no NaN
 * @throws ValidationError if nothing was measured or a count is not valid
 */
export function scaleWeek(week: Float32Array, scaling: Scaling): Float32Array {
  const { mean, deviation } = momentsOf(week);
  switch (scaling.kind) {
    case 'none':
      return week.map((count) => (Number.isNaN(count) ? mean : count));
    case 'z-score':
      return scaled(week, mean, deviation || 1);
    case 'scalar':
      return scaled(week, scaling.mean, scaling.deviation);
    case 'per-minute':
      return week.map((count, minute) =>
        Number.isNaN(count)
          ? 0
          : (count - (scaling.mean[minute] ?? 0)) / (scaling.deviation[minute] ?? 1),
      );
  }
}

function scaled(week: Float32Array, mean: number, deviation: number): Float32Array {
  const values = new Float32Array(week.length);
  for (let minute = 0; minute < week.length; minute++) {
    const count = week[minute]!;
    if (!Number.isNaN(count)) values[minute] = (count - mean) / deviation;
  }
  return values;
}

function momentsOf(week: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  let measured = 0;
  for (let minute = 0; minute < week.length; minute++) {
    const count = week[minute]!;
    if (Number.isNaN(count)) continue;
    if (!Number.isFinite(count) || count < 0)
      throw new ValidationError(`Minute ${minute} has ${count} counts.`);
    sum += count;
    measured++;
  }
  if (measured === 0) throw new ValidationError('No minute of the week was measured.');
  const mean = sum / measured;
  let squares = 0;
  for (let minute = 0; minute < week.length; minute++) {
    const count = week[minute]!;
    if (!Number.isNaN(count)) squares += (count - mean) * (count - mean);
  }
  return { mean, deviation: Math.sqrt(squares / measured) };
}
