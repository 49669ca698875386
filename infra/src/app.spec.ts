import { tmpdir } from 'node:os';
import type { Synthesised } from '../test/synthesise';
import { synthesiseEnvironment, synthesisOf } from '../test/synthesise-environment';
import { environments } from './environments/select';

const count = (stack: Synthesised) =>
  Object.values(stack.resource).reduce((sum, type) => sum + Object.keys(type).length, 0);

describe.each(Object.keys(environments))('%s', (name) => {
  const { dependencies, phases, texts } = synthesisOf(name);
  const { stacks } = synthesiseEnvironment(name);
  const stack = (part: string) => stacks[`clarity-${name}-${part}`];

  const hasInference = environments[name]?.inference !== undefined;

  it('allows account, foundation and data to be applied in parallel, before services and inference', () => {
    const sorted = Object.fromEntries(
      Object.entries(dependencies).map(([stack, others]) => [stack, [...others].sort()]),
    );
    const first = ['clarity-account', `clarity-${name}-data`, `clarity-${name}-foundation`];
    expect(sorted).toEqual({
      ...Object.fromEntries(first.map((entry) => [entry, []])),
      [`clarity-${name}-services`]: first,
      ...(hasInference
        ? { [`clarity-${name}-inference`]: [...first, `clarity-${name}-services`] }
        : {}),
    });
  });

  it('tells the pipeline when to apply each stack', () => {
    expect(phases).toEqual({
      'clarity-account': 'bootstrap',
      [`clarity-${name}-foundation`]: 'before-rollout',
      [`clarity-${name}-data`]: 'before-rollout',
      [`clarity-${name}-services`]: 'before-rollout',
      ...(hasInference ? { [`clarity-${name}-inference`]: 'after-rollout' } : {}),
    });
  });

  it('contains no local path', () => {
    for (const text of Object.values(texts)) {
      expect(text).not.toContain(process.cwd());
      expect(text).not.toContain(tmpdir());
      expect(text).not.toMatch(/"\/(home|root|tmp|work|Users|builds?)\//);
    }
  });

  it('contains no secret', () => {
    for (const text of Object.values(texts)) {
      expect(text).not.toMatch(/AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN|"secret_string":/);
      expect(text).not.toMatch(/"secret_key": "(?!test")/);
    }
  });

  it('has only outputs that the pipeline or an operator reads', () => {
    const named = (outputsOf: Synthesised | undefined) =>
      Object.keys(outputsOf?.output ?? {}).filter((id) => !id.startsWith('cross-stack'));
    expect(named(stacks['clarity-account'])).toEqual([]);
    expect(named(stack('foundation'))).toEqual(['api_url', 'name_servers']);
    expect(named(stack('data'))).toEqual(['data_bucket']);
    expect(named(stack('services'))).toEqual(['inputs', 'services']);
    expect(named(stack('inference'))).toEqual(hasInference ? ['inputs'] : []);
  });

  it('has no inline security group rules, and opens only port 443 to 0.0.0.0/0', () => {
    for (const group of Object.values(stack('foundation')?.resource['aws_security_group'] ?? {}))
      expect(group).not.toHaveProperty('ingress');
    const rules = stack('foundation')?.resource['aws_vpc_security_group_ingress_rule'] ?? {};
    for (const rule of Object.values(rules).filter((one) => one['cidr_ipv4'] === '0.0.0.0/0'))
      expect(rule).toMatchObject({ from_port: 443, to_port: 443 });
  });

  it('accepts images only by digest', () => {
    const variablesOf = (part: string) =>
      (stack(part)?.['variable'] ?? {}) as Record<string, { validation: { condition: string }[] }>;
    const { api_release: api, ml_worker_release: worker, ...images } = variablesOf('services');
    expect([api, worker]).not.toContain(undefined);
    expect(Object.keys(images).sort()).toEqual(['api_image', 'ml_worker_image']);
    const inferenceImages = variablesOf('inference');
    expect(Object.keys(inferenceImages).sort()).toEqual(
      hasInference ? ['ml_worker_image', 'ml_worker_sagemaker_image'] : [],
    );
    for (const { validation } of [...Object.values(images), ...Object.values(inferenceImages)])
      expect(validation[0]?.condition).toContain('@sha256:[0-9a-f]{64}$');
  });
});

describe('state', () => {
  it('of prod is in its account’s bucket, encrypted and locked', () => {
    expect(synthesiseEnvironment('prod').stacks['clarity-prod-data']?.['terraform']).toMatchObject({
      backend: {
        s3: {
          bucket: 'clarity-tfstate-222222222222',
          key: 'clarity-prod-data.tfstate',
          encrypt: true,
          use_lockfile: true,
          kms_key_id: expect.stringContaining('alias/clarity-tfstate'),
        },
      },
    });
  });
});

describe('environments', () => {
  it('have identical account stacks if they share the account', () => {
    const accountStack = (name: string) => synthesisOf(name).texts['clarity-account'];
    expect(accountStack('dev')).toBe(accountStack('staging'));
    expect(accountStack('prod')).not.toBe(accountStack('dev'));
  });

  it('protect stored data in prod', () => {
    const { resource = {} } = synthesiseEnvironment('prod').stacks['clarity-prod-data'] ?? {};
    for (const type of [
      'aws_dynamodb_table',
      'aws_s3_bucket',
      'aws_cognito_user_pool',
      'aws_kms_key',
    ])
      for (const one of Object.values(resource[type] ?? {}))
        expect(one).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  it('have at least 90 resources in local', () => {
    const all = Object.values(synthesiseEnvironment('local').stacks);
    expect(all.reduce((sum, one) => sum + count(one), 0)).toBeGreaterThanOrEqual(90);
  });
});
