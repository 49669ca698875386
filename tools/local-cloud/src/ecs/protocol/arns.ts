import { randomBytes, randomInt } from 'node:crypto';

/** Where a cluster is: `arn:<partition>:ecs:<region>:<account>:cluster/<name>`, taken apart. */
export interface ClusterName {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** `arn:<partition>:ecs:<region>:<account>` */
  readonly prefix: string;
}

export function clusterName(arn: string): ClusterName {
  const fields = arn.split(':');
  return {
    arn,
    name: arn.slice(arn.lastIndexOf('/') + 1),
    region: fields[3] ?? 'us-east-1',
    prefix: fields.slice(0, 5).join(':'),
  };
}

export const serviceArn = ({ prefix, name }: ClusterName, service: string) =>
  `${prefix}:service/${name}/${service}`;

export const taskArn = ({ prefix, name }: ClusterName, task: string) =>
  `${prefix}:task/${name}/${task}`;

export const serviceDeploymentArn = ({ prefix, name }: ClusterName, service: string, id: string) =>
  `${prefix}:service-deployment/${name}/${service}/${id}`;

export const serviceRevisionArn = ({ prefix, name }: ClusterName, service: string, id: string) =>
  `${prefix}:service-revision/${name}/${service}/${id}`;

/** The name or id at the end of an ARN; anything else as it is. */
export const lastOf = (arnOrName: string): string =>
  arnOrName.slice(arnOrName.lastIndexOf('/') + 1);

/** 32 hexadecimal digits, as task ids have. */
export const newTaskId = (): string => randomBytes(16).toString('hex');

/** 19 decimal digits, as deployment and revision ids have. */
export const newNumericId = (): string =>
  `${randomInt(1, 10)}${Array.from({ length: 18 }, () => randomInt(10)).join('')}`;

/** 21 characters, as service deployment ids have. */
export const newServiceDeploymentId = (): string =>
  randomBytes(16).toString('base64url').slice(0, 21);
