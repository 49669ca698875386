import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../src/environments/select';
import { resources } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

const guide = readFileSync(join(__dirname, '../../docs/alarms.md'), 'utf8');
const sections = [...guide.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

const sectionIn = (description: unknown) =>
  /docs\/alarms\.md#([a-z-]+)$/.exec(String(description))?.[1];

const linked = Object.keys(environments).flatMap((name) => {
  const environment = synthesiseEnvironment(name);
  const alarms = resources(
    environment,
    'aws_cloudwatch_metric_alarm',
    'aws_cloudwatch_composite_alarm',
  ).map(({ address, args }) => ({ address, section: sectionIn(args['alarm_description']) }));
  const rules = resources(environment, 'aws_cloudwatch_event_rule')
    .map(({ address, args }) => ({ address, section: sectionIn(args['description']) }))
    .filter(({ section }) => section !== undefined);
  return [...alarms, ...rules];
});

describe('docs/alarms.md', () => {
  it('has the section that each alarm or event rule names in its description', () => {
    expect(linked.filter(({ section }) => !sections.includes(section))).toEqual([]);
  });

  it('has no section that no alarm or event rule names', () => {
    const used = new Set(linked.map(({ section }) => section));
    expect(sections.filter((section) => !used.has(section))).toEqual([]);
  });
});
