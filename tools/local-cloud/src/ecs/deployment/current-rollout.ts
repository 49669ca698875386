/** The service deployment that goes on. */
export interface CurrentRollout {
  /** The deployment that was asked for; after a failure, the one that is rolled back from. */
  readonly deploymentId: string;
  readonly phase: 'rolling-out' | 'rollback-requested' | 'rolling-back';
  /** When a request to stop takes effect; undefined if there is none. */
  readonly stopsAt: number | undefined;
  readonly alarms: SeenAlarms | undefined;
  /** Since when all that is missing is that the alarms stay silent. */
  readonly bakingSince: number | undefined;
}

/** What is known of the deployment alarms; undefined until they were looked at once. */
export interface SeenAlarms {
  /** In ALARM since before the deployment: they say nothing about it until they have left it. */
  readonly ignored: readonly string[];
  readonly triggered: readonly string[];
  /** How long the alarms need to notice a fault. */
  readonly bakeMs: number;
}

export const rollingOut = (deploymentId: string): CurrentRollout => ({
  deploymentId,
  phase: 'rolling-out',
  stopsAt: undefined,
  alarms: undefined,
  bakingSince: undefined,
});

/** A first request to go back counts; one for what goes back anyway changes nothing. */
export function stopRequested(currentRollout: CurrentRollout, stopsAt: number): CurrentRollout {
  if (currentRollout.phase !== 'rolling-out') return currentRollout;
  return { ...currentRollout, phase: 'rollback-requested', stopsAt, bakingSince: undefined };
}

/** Takes in which alarms are in ALARM now. */
export function withAlarms(
  currentRollout: CurrentRollout,
  inAlarm: readonly string[],
  bakeMs: number,
): CurrentRollout {
  if (currentRollout.phase !== 'rolling-out') return currentRollout;
  const before = currentRollout.alarms?.ignored ?? inAlarm;
  const ignored = before.filter((name) => inAlarm.includes(name));
  const triggered = inAlarm.filter((name) => !ignored.includes(name));
  return { ...currentRollout, alarms: { ignored, triggered, bakeMs } };
}

/** When the alarms have been silent for long enough; undefined while nothing bakes. */
export const bakedAt = ({ alarms, bakingSince }: CurrentRollout): number | undefined =>
  alarms && bakingSince !== undefined ? bakingSince + alarms.bakeMs : undefined;
