import { PipelineError } from '../../errors';

/** vCPUs of the sizes that G instances have. Source: "Amazon EC2 accelerated computing instances". */
const vcpusOfSize: Readonly<Record<string, number>> = {
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
  '24xlarge': 96,
  '48xlarge': 192,
};

/**
 * @param type of an EC2 or SageMaker instance, e.g. `g5.xlarge`
 * @throws PipelineError for a size that is not in the table
 */
export function vcpusOf(type: string): number {
  const vcpus = vcpusOfSize[type.split('.').at(-1) ?? ''];
  if (vcpus === undefined)
    throw new PipelineError('unexpected', `The number of vCPUs of ${type} is not in vcpus.ts.`);
  return vcpus;
}
