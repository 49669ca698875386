import { eventually } from '@clarity/host';
import type { Segment } from '@clarity/local-cloud/client';
import { analyseWeek } from './api-user';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

/** Both apps send their spans every 5 s. */
const limitMs = 60_000;

/** What an analysis passes through: our services by the end of their names, AWS's by theirs. */
const stations = ['-api', 'SNS', '-ml-worker', 'SQS', 'S3', 'DynamoDB'];

export const trace: Scenario<readonly Segment[]> = {
  name: 'trace',
  summary: 'read the trace of the analysis back from X-Ray',
  needs: [analyseWeek],
  async run({ findings, resultOf, signal }) {
    const { traceId } = resultOf(analyseWeek);
    const aws = resultOf(startAws);
    let missing = stations;
    const read = async () => {
      const segments = await aws.trace(traceId);
      missing = missingFrom(segments);
      return missing.length === 0 ? segments : undefined;
    };
    const segments = await eventually(read, { limitMs, signal, what: 'The whole trace' }).catch(
      (cause: unknown) => {
        throw new Error(`Trace ${traceId} has no segment of ${missing.join(', ')}.`, { cause });
      },
    );
    findings.trace = segments;
    return segments;
  },
  describe: (segments) => `${segments.length} segments, from the request to the result`,
};

/** @returns the stations without a segment */
export function missingFrom(segments: readonly Pick<Segment, 'name'>[]): string[] {
  return stations.filter((station) => !segments.some(({ name }) => name.endsWith(station)));
}
