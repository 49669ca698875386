import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../src/environments/select';
import { resources } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

const guide = readFileSync(join(__dirname, '../../docs/alarms.md'), 'utf8');
const sections = [...guide.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

const linked = Object.keys(environments).flatMap((name) =>
  resources(
    synthesiseEnvironment(name),
    'aws_cloudwatch_metric_alarm',
    'aws_cloudwatch_composite_alarm',
  ).map(({ address, args }) => ({
    address,
    section: /docs\/alarms\.md#([a-z-]+)$/.exec(String(args['alarm_description']))?.[1],
  })),
);

describe('docs/alarms.md', () => {
  it('has the section that each alarm names in its description', () => {
    expect(linked.filter(({ section }) => !sections.includes(section))).toEqual([]);
  });

  it('has no section without an alarm', () => {
    const used = new Set(linked.map(({ section }) => section));
    expect(sections.filter((section) => !used.has(section))).toEqual([]);
  });
});
