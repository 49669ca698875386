import type { Grant } from './least-privilege-policy';

/**
 * Region → the account in which AWS publishes GuardDuty's agent for Fargate
 * (https://docs.aws.amazon.com/guardduty/latest/ug/ecs-runtime-agent-ecr-image-uri.html).
 */
const publishers: Readonly<Record<string, string>> = {
  'ap-northeast-1': '533107202818',
  'ap-south-1': '251508486986',
  'ap-southeast-1': '174946120834',
  'ap-southeast-2': '005257825471',
  'ca-central-1': '354763396469',
  'eu-central-1': '323658145986',
  'eu-central-2': '529164026651',
  'eu-north-1': '591436053604',
  'eu-west-1': '694911143906',
  'eu-west-2': '892757235363',
  'eu-west-3': '665651866788',
  'us-east-1': '593207742271',
  'us-east-2': '307168627858',
  'us-west-2': '733349766148',
};

/**
 * The repository of the agent that GuardDuty adds to each Fargate task.
 * @throws Error for a region that the table lacks
 */
export function agentRepositoryArn(region: string): string {
  const publisher = publishers[region];
  if (publisher === undefined)
    throw new Error(`Add GuardDuty's agent repository of ${region} to guardduty-agent-grants.ts.`);
  return `arn:aws:ecr:${region}:${publisher}:repository/aws-guardduty-agent-fargate`;
}

/**
 * What the execution role of a Fargate task needs for runtime monitoring; without it the task runs, but
 * unmonitored (https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html).
 */
export const guarddutyAgentGrants = (region: string): readonly Grant[] => [
  {
    sid: 'PullGuarddutyAgent',
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [agentRepositoryArn(region)],
  },
  {
    sid: 'SendSecurityTelemetry',
    actions: ['guardduty:SendSecurityTelemetry'],
    resources: ['*'],
  },
];
