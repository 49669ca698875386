import { apps } from '../../src/core/names';
import { versionOf } from './simulated-environment';
import { environmentNames, type Event, type Place, type SimulatedWorld } from './simulated-world';

const staleMs = 5_000;
const leaseMs = 60_000;

/** What must be true once everything has ended, in sentences; empty if it is. */
export function violations(world: SimulatedWorld): readonly string[] {
  if (!world.isQuiet()) return ['Something never ended.'];
  return [
    ...environmentNames.flatMap((place) => [...truthOf(world, place), ...tried(world, place)]),
    ...world.events.flatMap((event) => [
      ...untouched(world, event),
      ...oneTarget(world, event),
      ...neverForward(world, event),
      ...lastGoodFirst(world, event),
      ...promoted(event),
      ...neverOlder(event),
      ...noFalseAlarm(world, event),
    ]),
  ];
}

/** What runs is what the pointer names, unless the last to change it was red, was killed or was a person. */
function truthOf({ environments, events }: SimulatedWorld, place: Place): readonly string[] {
  const environment = environments[place];
  const running = environment.running();
  return apps.flatMap((app) => {
    const changes = events.filter((event) => event.place === place && event.services.includes(app));
    const lastGreen = changes.findLast(({ run }) => run?.end === 'green');
    const isDisturbed = changes.some(
      ({ run, endedAt = Infinity }) =>
        run?.end !== 'green' && endedAt >= (lastGreen?.startedAt ?? -Infinity),
    );
    const { taskDefinition, state } = running[app];
    const named = environment.current()?.taskDefinitions[app];
    return isDisturbed || (taskDefinition === named && state === 'COMPLETED')
      ? []
      : [`${place} runs ${taskDefinition} (${state}), the pointer names ${named}`];
  });
}

/** Every image of a release that succeeded has run, also of an app that is stopped while there is no work. */
function tried({ environments }: SimulatedWorld, place: Place): readonly string[] {
  const { releases, fateOf } = environments[place];
  return releases()
    .filter(({ outcome }) => outcome === 'SUCCESSFUL')
    .flatMap(({ id, taskDefinitions }) =>
      apps
        .map((app) => taskDefinitions[app])
        .filter((taskDefinition) => fateOf(taskDefinition) === 'bad')
        .map((taskDefinition) => `${id} in ${place} is SUCCESSFUL, but ${taskDefinition} is bad`),
    );
}

/** A rollback updates the services that it was asked to, and no other. */
function untouched({ environments }: SimulatedWorld, event: Event): readonly string[] {
  if (event.kind !== 'rollback') return [];
  const { services, run, place } = event;
  return environments[place].updates
    .filter(({ by, service }) => by === run && !services.some((app) => service.endsWith(app)))
    .map(({ service }) => `the ${run?.name} updates ${service}`);
}

/** A rollback takes nothing back: each service is set to one task definition, whatever becomes of the other. */
function oneTarget({ environments }: SimulatedWorld, event: Event): readonly string[] {
  if (event.kind !== 'rollback') return [];
  const { services, run, place } = event;
  return services.flatMap((app) => {
    const targets = environments[place].updates
      .filter(({ by, service }) => by === run && service.endsWith(app))
      .map(({ taskDefinition }) => taskDefinition);
    return new Set(targets).size <= 1 ? [] : [`the ${run?.name} goes to ${targets.join(', ')}`];
  });
}

/** A rollback goes back, never to anything newer than what the pointer names. */
function neverForward({ environments }: SimulatedWorld, event: Event): readonly string[] {
  if (event.kind !== 'rollback') return [];
  const { services, run, place, before } = event;
  return services.flatMap((app) =>
    environments[place].updates
      .filter(({ by, service }) => by === run && service.endsWith(app))
      .filter(
        ({ taskDefinition }) =>
          numberOf(taskDefinition) > numberOf(before.pointer?.taskDefinitions[app] ?? ''),
      )
      .map(({ taskDefinition }) => `the ${run?.name} goes forward to ${taskDefinition}`),
  );
}

/** If what runs is not what the pointer names, a rollback makes it so before it goes further back. */
function lastGoodFirst(world: SimulatedWorld, event: Event): readonly string[] {
  const { kind, services, run, before, place } = event;
  if (kind !== 'rollback' || run?.end !== 'green' || !isAlone(world, event)) return [];
  const named = before.pointer?.taskDefinitions;
  if (!named || services.every((app) => before.running[app] === named[app])) return [];
  // After a rollback that died, the next one completes it.
  if (unfinished(world, event)?.kind === 'rollback') return [];
  return services.flatMap((app) => {
    const updates = world.environments[place].updates.filter(
      ({ by, service }) => by === run && service.endsWith(app),
    );
    const last = updates.at(-1)?.taskDefinition ?? before.running[app];
    return last === named[app] ? [] : [`the ${run.name} goes to ${last}, not to ${named[app]}`];
  });
}

/** A commit gets to an environment only if it is the current release of the one before. */
function promoted({ kind, place, commit, before, run }: Event): readonly string[] {
  if (kind !== 'deploy' || place === 'dev' || run?.end !== 'green') return [];
  return before.previous === commit?.sha
    ? []
    : [`${commit?.sha} is in ${place}, but dev had ${before.previous}`];
}

/** Only a rollback replaces a release by an older one. */
function neverOlder({ kind, commit, before, run, place }: Event): readonly string[] {
  if (kind !== 'deploy' || run?.end !== 'green') return [];
  return numberOf(commit?.sha ?? '') >= numberOf(before.pointer?.gitSha ?? '')
    ? []
    : [`${commit?.sha} replaces ${before.pointer?.gitSha} in ${place}`];
}

/** A good release that nothing disturbs is green, however stale the answers are. */
function noFalseAlarm(world: SimulatedWorld, event: Event): readonly string[] {
  const { kind, trouble, run, before, commit, place } = event;
  if (run?.end !== 'red' || !isAlone(world, event) || !before.isSettled) return [];
  if (trouble.expireAt !== undefined) return [];
  const why = String((run.error as Error).message);
  if (/stopped it at this moment/.test(why)) return [];
  if (kind === 'deploy') {
    const isGood = apps.every((app) => commit?.fates[app] === 'good');
    const isNewer = numberOf(commit?.sha ?? '') >= numberOf(before.pointer?.gitSha ?? '');
    const isPromoted = place === 'dev' || before.previous === commit?.sha;
    return isGood && isNewer && isPromoted ? [`a good ${run.name} is red: ${why}`] : [];
  }
  return /No earlier release/.test(why) ? [] : [`a ${run.name} is red: ${why}`];
}

/** Whether nothing else changed the environment while this ran, or right before. */
function isAlone({ events }: SimulatedWorld, event: Event): boolean {
  return events.every(
    (other) =>
      other === event ||
      other.place !== event.place ||
      other.startedAt > (event.endedAt ?? Infinity) ||
      (other.endedAt ?? Infinity) + (other.run ? leaseMs + staleMs : staleMs) < event.startedAt,
  );
}

function unfinished({ events }: SimulatedWorld, event: Event): Event | undefined {
  const earlier = events.filter(
    (other) => other.place === event.place && other.startedAt < event.startedAt && other.run,
  );
  const last = earlier.at(-1);
  return last?.run?.end === 'green' ? undefined : last;
}

function numberOf(version: string): number {
  return Number(versionOf(version));
}
