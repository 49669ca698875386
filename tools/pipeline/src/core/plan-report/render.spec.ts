import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanJson } from '../terraform/plan-json';
import { changesIn } from './fingerprint';
import { redactPlan } from './redact';
import { asComment, renderReport } from './render';
import type { PlanReport } from './report';

/**
 * Plans as Terraform writes them, each next to its rendered comment.
 * `REFRESH_GOLDEN=1 npx jest tools/pipeline/.*render` writes the comments again.
 */
const root = join(__dirname, '../../../test/plan-report');
const refresh = process.env['REFRESH_GOLDEN'] === '1';

interface Fixture {
  readonly stacks: PlanReport['stacks'];
  /** Smaller than GitHub's limit, so that the fixture for a very large plan can be small. */
  readonly limit?: number;
}

const onePlan: Fixture = {
  stacks: [{ stack: 'clarity-dev-data', status: 'planned', planJson: 'plan.json' }],
};

function rendered(name: string): { text: string; limit: number } {
  const read = <T>(file: string) => JSON.parse(readFileSync(join(root, name, file), 'utf8')) as T;
  const hasReport = readdirSync(join(root, name)).includes('report.json');
  const { stacks, limit } = hasReport ? read<Fixture>('report.json') : onePlan;
  const plans = stacks.map(({ planJson, ...stack }) => ({
    ...stack,
    plan: planJson === undefined ? undefined : read<PlanJson>(planJson),
  }));
  const options = asComment('https://github.example/clarity/actions/runs/7');
  const within = limit ?? options.limit;
  const text = renderReport(
    {
      environment: 'dev',
      commit: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
      changes: plans.flatMap(({ stack, plan }) => (plan ? changesIn(stack, plan, 'key') : [])),
      seal: 'a'.repeat(64),
      stacks: plans.map(({ plan, ...stack }) => ({
        ...stack,
        ...(plan ? { plan: redactPlan(plan) } : {}),
      })),
    },
    { ...options, limit: within },
  );
  return { text, limit: within };
}

test.each(readdirSync(root))('%s renders as its golden file', (name) => {
  const path = join(root, name, 'rendered.md');
  const { text, limit } = rendered(name);
  if (refresh) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
  expect(text.length).toBeLessThanOrEqual(limit);
});

test('no secret of the fixtures is shown', () => {
  for (const name of readdirSync(root))
    expect(rendered(name).text).not.toMatch(/Pa55word|hunter2|cursor-signing/);
});
