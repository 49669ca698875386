import fc from 'fast-check';
import { prerequisites, select, UnknownName, type Ordered } from './select';

interface Node extends Ordered<Node> {
  readonly name: string;
}

const node = (name: string, needs: Node[] = [], more: Partial<Node> = {}): Node => ({
  name,
  needs,
  ...more,
});
const names = (nodes: Iterable<Node>) => [...nodes].map(({ name }) => name);

const cloud = node('cloud');
const load = node('load', [cloud]);
const broken = node('broken', [load]);
const plan = node('plan', [cloud], { after: [broken] });
const count = node('count', [], { concludes: load });
const all = [cloud, load, broken, plan, count];

test('chooses what the chosen ones need, and nothing else', () => {
  expect(names(select(all, ['plan']))).toEqual(['cloud', 'plan']);
});

test('chooses everything if no name is given', () => {
  expect(select(all, [])).toEqual(all);
});

test('rejects an unknown name', () => {
  expect(() => select(all, ['unknown'])).toThrow(UnknownName);
});

test('a conclusion is chosen with what it concludes, and starts after all that needs it', () => {
  const chosen = select(all, ['broken']);
  expect(names(chosen)).toEqual(['cloud', 'load', 'broken', 'count']);
  expect(names(prerequisites(chosen).get(count) ?? [])).toEqual(['load', 'broken']);
});

test('an order between two counts only if both are chosen', () => {
  const before = (chosen: string[]) => names(prerequisites(select(all, chosen)).get(plan) ?? []);
  expect(before(['plan'])).toEqual(['cloud']);
  expect(before(['plan', 'broken'])).toEqual(['cloud', 'broken']);
});

test('an order through a node that is not chosen counts', () => {
  const drift = node('drift', [cloud], { after: [plan] });
  const chosen = select([...all, drift], ['broken', 'drift']);
  expect(names(prerequisites(chosen).get(drift) ?? [])).toEqual(['cloud', 'broken']);
});

test('every choice contains all that it needs', () => {
  const graphs = fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 })
    .map((edges) => {
      const nodes: Node[] = [];
      for (const [index, needs] of edges.entries())
        nodes.push(
          node(
            `n${index}`,
            needs.map((each) => nodes[each % index]).filter((each) => each !== undefined),
          ),
        );
      return nodes;
    });
  fc.assert(
    fc.property(graphs, fc.nat(), (nodes, wanted) => {
      const chosen = select(nodes, [`n${wanted % nodes.length}`]);
      for (const each of chosen) expect(chosen).toEqual(expect.arrayContaining([...each.needs]));
    }),
  );
});
