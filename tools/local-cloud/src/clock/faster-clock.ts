import type { Clock } from '@clarity/host';

/**
 * The clock of the embedded AWS: health checks, grace periods, bakes, alarms, draining and restarts
 * go by it. Its times are not for people or clients, who get dates.
 */
export interface CloudClock extends Clock {
  /** How many of its milliseconds pass in a real one. */
  readonly speed: number;
  /** The real date of one of its times. */
  dateOf(time: number): Date;
}

export const fasterClock = (clock: Clock, speed: number): CloudClock => ({
  speed,
  now: () => clock.now() * speed,
  after: (ms, action) => clock.after(Math.ceil(ms / speed), action),
  dateOf: (time) => new Date(time / speed),
});

/** The length on a clock of so many real milliseconds. */
export const realTime = ({ speed }: CloudClock, realMs: number): number => realMs * speed;

/**
 * A wait for something that takes real time, such as the start of a process: as long as configured,
 * but not shorter than `realMs` because of the clock's speed.
 */
export const withRealMinimum = (clock: CloudClock, ms: number, realMs: number): number =>
  Math.max(ms, realTime(clock, Math.min(ms, realMs)));
