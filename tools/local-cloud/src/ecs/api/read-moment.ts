import type { CloudClock } from '../../clock/faster-clock';

/** How reads follow writes: some seconds late, as in AWS, or at once. */
export const readModes = ['eventual', 'consistent'] as const;
export type ReadMode = (typeof readModes)[number];

/** What one read shows of things that were created at a time. */
export type ReadMoment = (createdAt: Date) => boolean;

const latestMs = 5_000;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html */
const historyMs = 90 * 24 * 3_600_000;

/**
 * Each read is of a moment of its own, up to five seconds of the clock ago: what is newer is not there yet,
 * and a later read may show less than an earlier one. AWS promises no time, only that reads become consistent:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 * @param random from 0 to 1
 */
export function readMoments(
  clock: CloudClock,
  mode: ReadMode,
  random: () => number = Math.random,
): () => ReadMoment {
  return () => {
    const age = mode === 'eventual' ? random() * latestMs : 0;
    const seen = clock.dateOf(clock.now() - age);
    return (createdAt) => createdAt <= seen;
  };
}

/** Whether ECS still lists a service deployment. */
export function isRemembered(clock: CloudClock, createdAt: Date): boolean {
  return createdAt >= clock.dateOf(clock.now() - historyMs);
}
