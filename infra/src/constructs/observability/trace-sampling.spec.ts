import { all, synthesise } from '../../../test/synthesise';
import { TraceSampling } from './trace-sampling';

const stack = synthesise((scope) => {
  new TraceSampling(scope, 'traces', {
    name: 'clarity-staging',
    api: 'clarity-staging-api',
    mlWorker: 'clarity-staging-ml-worker',
    requestPercent: 2,
    analysisPercent: 20,
    slowMilliseconds: 800,
  });
});
const rules = Object.values(all(stack, 'aws_xray_sampling_rule'));

describe('TraceSampling', () => {
  it('samples no health checks, some requests and more analyses, in this order', () => {
    const inOrder = [...rules].sort((a, b) => Number(a['priority']) - Number(b['priority']));
    expect(inOrder.map((rule) => [rule['url_path'], rule['fixed_rate']])).toEqual([
      ['/livez', 0],
      ['/readyz', 0],
      ['/v1/analyses', 0.2],
      ['*', 0.02],
    ]);
    expect(inOrder.map((rule) => rule['reservoir_size'])).toEqual([0, 0, 1, 1]);
  });

  it('has valid names that do not match other environments’ rules', () => {
    for (const rule of rules) expect(String(rule['rule_name']).length).toBeLessThanOrEqual(32);
    for (const rule of rules) expect(rule['service_name']).toMatch(/^clarity-staging-/);
  });

  it('groups failed and slow requests', () => {
    expect(all(stack, 'aws_xray_group')['traces_bad']?.['filter_expression']).toBe(
      '(service("clarity-staging-api") OR service("clarity-staging-ml-worker")) AND (fault = true OR error = true OR responsetime > 0.8)',
    );
  });
});
