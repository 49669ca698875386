import { resources } from '../../test/policies/policy';
import type { Arguments } from '../../test/synthesise';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { environments } from '../environments/select';

const names = Object.keys(environments).filter((name) => environments[name]?.inference);
const serving = ['aws_sagemaker_model', 'aws_sagemaker_endpoint', 'aws_batch_job_definition'];

const inference = (name: string, type: string): Arguments | undefined =>
  resources(synthesiseEnvironment(name), type).find(
    ({ stack }) => stack === `clarity-${name}-inference`,
  )?.args;

describe.each(names)('inference of %s', (name) => {
  const model = inference(name, 'aws_sagemaker_model')?.['primary_container'];
  const job = JSON.parse(
    String(inference(name, 'aws_batch_job_definition')?.['container_properties']),
  ) as { image: string; environment: object[] };

  it('runs the worker’s image in both modes, for SageMaker with a manifest that it accepts', () => {
    expect(model).toMatchObject({
      image: '${var.ml_worker_sagemaker_image}',
      environment: { WORKER_MODE: 'endpoint' },
    });
    expect(job.image).toBe('${var.ml_worker_image}');
    expect(job.environment).toContainEqual({ name: 'WORKER_MODE', value: 'batch' });
  });

  it('is not part of what a rollout applies', () => {
    const elsewhere = resources(synthesiseEnvironment(name), ...serving).filter(
      ({ stack }) => stack !== `clarity-${name}-inference`,
    );
    expect(elsewhere).toEqual([]);
  });
});

test('an environment without inference has neither an endpoint nor Batch', () => {
  const [without = ''] = Object.keys(environments).filter((name) => !names.includes(name));
  expect(resources(synthesiseEnvironment(without), ...serving)).toEqual([]);
});
