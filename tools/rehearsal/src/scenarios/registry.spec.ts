import { prerequisites, select } from '../schedule/select';
import { scenarios } from './registry';

/** @returns the names of the scenarios that have to end before `name` starts, if only these two are asked for */
function before(name: string, other: string): readonly string[] {
  const waits = prerequisites(select(scenarios, [name, other]));
  const node = [...waits.keys()].find((each) => each.name === name);
  return [...(node ? (waits.get(node) ?? []) : [])].map((each) => each.name);
}

test.each([
  ['plan-again', 'deploy-never-healthy'],
  ['drift', 'plan-again'],
  ['drift', 'deploy-never-healthy'],
  ['begin-merge', 'deploy-never-healthy'],
])('%s waits for %s, also if nothing else is asked for', (name, other) => {
  expect(before(name, other)).toContain(other);
});
