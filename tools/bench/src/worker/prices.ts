import type { Device } from './measured-encoder';

/** When these were the prices: US dollars per hour in us-east-1, Linux on demand. */
export const priceDate = '2026-03';
/** https://aws.amazon.com/fargate/pricing/ and https://aws.amazon.com/ec2/pricing/on-demand/ */
const fargate = { vcpu: 0.04048, gib: 0.004445 };
const g5xlarge = 1.006;

/** Of a Fargate task with 2 GiB per vCPU, as the worker's has, or of a g5.xlarge. */
export function dollarsPerHour(device: Device, vcpus: number): number {
  return device === 'cuda' ? g5xlarge : vcpus * (fargate.vcpu + 2 * fargate.gib);
}
