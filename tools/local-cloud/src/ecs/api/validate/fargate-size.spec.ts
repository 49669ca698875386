import { isFargateSize } from './fargate-size';

it.each([
  ['256', '512', true],
  ['256', '1024', true],
  ['256', '2048', true],
  ['256', '8192', false],
  ['256', '1536', false],
  ['300', '512', false],
  ['512', '4096', true],
  ['512', '5120', false],
  ['1024', '2048', true],
  ['1 vCPU', '2 GB', true],
  ['.25 vCPU', '0.5GB', true],
  ['4096', '30720', true],
  ['8192', '17408', false],
  ['8192', '20480', true],
  ['16384', '122880', true],
  ['', '512', false],
  ['256', 'much', false],
])('CPU %s with memory %s: %s', (cpu, memory, expected) => {
  expect(isFargateSize(cpu, memory)).toBe(expected);
});
