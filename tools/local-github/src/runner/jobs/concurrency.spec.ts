import fc from 'fast-check';
import { ConcurrencyGroups, type Concurrency } from './concurrency';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

/** Members of one group by number, and what became of each. */
class Group {
  readonly states = new Map<number, 'waits' | 'runs' | 'done' | 'dropped' | 'cancelled'>();
  private readonly groups = new ConcurrencyGroups();
  private readonly ends = new Map<number, () => void>();

  enter(setting: Partial<Concurrency> = {}, cancelled = never): number {
    const id = this.states.size;
    this.states.set(id, 'waits');
    const full = { group: 'prod', cancelInProgress: false, queue: 'single', ...setting } as const;
    void this.groups
      .within(full, cancelled, async (signal) => {
        this.states.set(id, 'runs');
        await new Promise<void>((resolve) => {
          this.ends.set(id, resolve);
          signal.addEventListener('abort', () => resolve());
        });
        this.states.set(id, signal.aborted ? 'cancelled' : 'done');
        return true;
      })
      .then((ran) => ran ?? this.states.set(id, 'dropped'));
    return id;
  }

  end(): void {
    for (const [id, state] of this.states) if (state === 'runs') this.ends.get(id)?.();
  }

  in(state: string): number[] {
    return [...this.states].filter(([, each]) => each === state).map(([id]) => id);
  }
}

test('one that starts to wait replaces the one that waits; names are not case-sensitive', async () => {
  const group = new Group();
  for (const name of ['prod', 'Prod', 'PROD']) group.enter({ group: name });
  await settle();
  expect([...group.states.values()]).toEqual(['runs', 'dropped', 'waits']);
  group.end();
  await settle();
  expect([...group.states.values()]).toEqual(['done', 'dropped', 'runs']);
});

test('a newer push to a pull request cancels the check of the older', async () => {
  const group = new Group();
  group.enter({ cancelInProgress: true });
  await settle();
  group.enter({ cancelInProgress: true });
  await settle();
  expect([...group.states.values()]).toEqual(['cancelled', 'runs']);
});

test('with "queue: max" 100 wait in order, one more is cancelled', async () => {
  const group = new Group();
  for (let index = 0; index < 102; index++) group.enter({ queue: 'max' });
  await settle();
  expect(group.in('waits')).toHaveLength(100);
  expect(group.in('dropped')).toEqual([101]);
  group.end();
  await settle();
  expect(group.in('runs')).toEqual([1]);
});

test('groups do not wait for each other', async () => {
  const group = new Group();
  group.enter({ group: 'dev' });
  group.enter({ group: 'prod' });
  await settle();
  expect(group.in('runs')).toEqual([0, 1]);
});

test('a run that is cancelled while it waits leaves its place to the next', async () => {
  const group = new Group();
  const cancel = new AbortController();
  group.enter();
  group.enter({ queue: 'max' }, cancel.signal);
  group.enter({ queue: 'max' });
  cancel.abort();
  await settle();
  expect([...group.states.values()]).toEqual(['runs', 'dropped', 'waits']);
  group.end();
  await settle();
  expect(group.in('runs')).toEqual([2]);
});

test('in any order of arrivals one runs, nothing overtakes and nothing is forgotten', async () => {
  const setting = fc.record({
    cancelInProgress: fc.boolean(),
    queue: fc.constantFrom('single' as const, 'max' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(setting, fc.constant('end' as const))), async (steps) => {
      const group = new Group();
      let last = -1;
      for (const step of steps) {
        if (step === 'end') group.end();
        else group.enter(step.cancelInProgress ? { ...step, queue: 'single' } : step);
        await settle();
        const [running = last, ...others] = group.in('runs');
        expect(others).toEqual([]);
        expect(running).toBeGreaterThanOrEqual(last);
        last = running;
        if (group.in('waits').length > 0) expect(group.in('runs')).toHaveLength(1);
        if (step !== 'end' && step.queue === 'single')
          expect(group.in('waits').length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 50 },
  );
});
