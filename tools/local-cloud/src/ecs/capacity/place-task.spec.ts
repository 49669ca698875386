import fc from 'fast-check';
import { placeTask, remainingResources } from './place-task';
import type { TaskDemand } from './task-demand';

const integer = (name: string, integerValue: number) => ({ name, integerValue });
const set = (name: string, ...stringSetValue: string[]) => ({ name, stringSetValue });
const registered = [
  integer('CPU', 4096),
  integer('MEMORY', 7482),
  set('GPU', 'gpu-a', 'gpu-b'),
  set('PORTS', '22', '2375'),
  set('PORTS_UDP'),
];
const nothing: TaskDemand = { cpuUnits: 0, memoryMib: 0, gpus: 0, ports: [], udpPorts: [] };

it('leaves of the resources what no task has taken, and lists the ports in use', () => {
  const demand = { cpuUnits: 1024, memoryMib: 400, gpus: 1, ports: ['80'], udpPorts: ['53'] };
  expect(remainingResources(registered, [demand])).toEqual([
    integer('CPU', 3072),
    integer('MEMORY', 7082),
    set('GPU', 'gpu-b'),
    set('PORTS', '22', '2375', '80'),
    set('PORTS_UDP', '53'),
  ]);
});

it.each<[string, Partial<TaskDemand>]>([
  ['CPU', { cpuUnits: 4097, memoryMib: 40_000 }],
  ['MEMORY', { memoryMib: 7483 }],
  ['GPU', { gpus: 3 }],
  ['PORTS', { ports: ['22'] }],
  ['PORTS_UDP', { udpPorts: ['53'] }],
])('reports RESOURCE:%s for a task that needs %j', (resource, demand) => {
  const usual = { arn: 'host', remaining: remainingResources(registered, []) };
  const remaining = remainingResources(registered, [{ ...nothing, udpPorts: ['53'] }]);
  const reason = `RESOURCE:${resource}`;
  expect(placeTask([{ arn: 'full', remaining }], { ...nothing, ...demand })).toEqual({
    failures: [{ arn: 'full', reason }],
  });
  expect(placeTask([{ arn: 'full', remaining }, usual], nothing)).toEqual({ arn: 'full' });
});

it('takes the first host with room', () => {
  const full = remainingResources(registered, [{ ...nothing, cpuUnits: 4096 }]);
  const hosts = [
    { arn: 'full', remaining: full },
    { arn: 'free', remaining: registered },
  ];
  expect(placeTask(hosts, { ...nothing, cpuUnits: 1 })).toEqual({ arn: 'free' });
});

const port = fc.constantFrom('22', '80', '443', '8080');
const demands = fc.record({
  cpuUnits: fc.nat({ max: 3000 }),
  memoryMib: fc.nat({ max: 5000 }),
  gpus: fc.nat({ max: 2 }),
  ports: fc.uniqueArray(port, { maxLength: 2 }),
  udpPorts: fc.uniqueArray(port, { maxLength: 2 }),
});
const steps = fc.array(
  fc.oneof(
    fc.record({ start: demands }),
    // Which of the running tasks stops, as a share of them.
    fc.record({ stop: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  ),
  { maxLength: 40 },
);

it('never reserves more than is registered, and releases what a task took exactly once', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 3 }), (sequence, size) => {
      const hosts = Array.from({ length: size }, (_, index) => `host-${index}`);
      const running: { arn: string; demand: TaskDemand }[] = [];
      const on = (arn: string) => running.filter((task) => task.arn === arn);
      const remaining = (arn: string) =>
        remainingResources(
          registered,
          on(arn).map(({ demand }) => demand),
        );
      for (const step of sequence) {
        if ('stop' in step) running.splice(Math.floor(step.stop * running.length), 1);
        else {
          const open = hosts.map((arn) => ({ arn, remaining: remaining(arn) }));
          const place = placeTask(open, step.start);
          if ('arn' in place) running.push({ arn: place.arn, demand: step.start });
          else expect(place.failures.map(({ arn }) => arn)).toEqual(hosts);
        }
        for (const arn of hosts) {
          const taken = on(arn).map(({ demand }) => demand);
          expect(taken.reduce((sum, { cpuUnits }) => sum + cpuUnits, 0)).toBeLessThanOrEqual(4096);
          expect(taken.reduce((sum, each) => sum + each.memoryMib, 0)).toBeLessThanOrEqual(7482);
          expect(taken.reduce((sum, each) => sum + each.gpus, 0)).toBeLessThanOrEqual(2);
          const ports = ['22', '2375', ...taken.flatMap((each) => each.ports)];
          expect(new Set(ports).size).toBe(ports.length);
          const udpPorts = taken.flatMap((each) => each.udpPorts);
          expect(new Set(udpPorts).size).toBe(udpPorts.length);
        }
      }
      running.length = 0;
      for (const arn of hosts) expect(remaining(arn)).toEqual(registered);
    }),
  );
});
