import fc from 'fast-check';
import { inDependencyOrder } from './schedule';

interface Node {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** Acyclic by construction: a node depends on earlier ones only. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((edges): Node[] =>
    edges.map((targets, index) => ({
      name: `stack-${index}`,
      dependencies: index === 0 ? [] : [...new Set(targets.map((t) => `stack-${t % index}`))],
    })),
  );

test('each node runs once, after its dependencies, and never more at once than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (nodes, concurrency) => {
      const finished: string[] = [];
      let running = 0;
      await inDependencyOrder(nodes, concurrency, async (node) => {
        running++;
        expect(running).toBeLessThanOrEqual(concurrency);
        expect(finished).toEqual(expect.arrayContaining([...node.dependencies]));
        await Promise.resolve();
        running--;
        finished.push(node.name);
      });
      expect(finished.toSorted()).toEqual(nodes.map(({ name }) => name).toSorted());
    }),
  );
});

test('after a failure nothing new starts, and what runs is awaited', async () => {
  const nodes: Node[] = [
    { name: 'account', dependencies: [] },
    { name: 'foundation', dependencies: [] },
    { name: 'services', dependencies: ['foundation'] },
  ];
  const events: string[] = [];
  const run = inDependencyOrder(nodes, 2, async ({ name }) => {
    events.push(`start ${name}`);
    if (name === 'account') throw new Error('quota exceeded');
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`end ${name}`);
  });
  await expect(run).rejects.toThrow('quota exceeded');
  expect(events).toEqual(['start account', 'start foundation', 'end foundation']);
});

test('a dependency outside the selection counts as done', async () => {
  const nodes = [{ name: 'services', dependencies: ['data'] }];
  await expect(inDependencyOrder(nodes, 1, async () => 1)).resolves.toEqual(
    new Map([['services', 1]]),
  );
});

test('a cycle is an error, not a hang', async () => {
  const nodes = [
    { name: 'a', dependencies: ['b'] },
    { name: 'b', dependencies: ['a'] },
  ];
  await expect(inDependencyOrder(nodes, 2, async () => 1)).rejects.toThrow('depend on each other');
});
