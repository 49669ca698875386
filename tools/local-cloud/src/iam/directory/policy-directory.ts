import type { CallJson } from '../../moto/aws-json';
import type { NamedPolicy } from '../policy/policy';
import type { AwsCall } from '../request/aws-call';
import { callFacts, readPartitionKey } from './call-facts';
import { queryCaller } from './moto-query';
import { policyOwner, readResourcePolicy } from './resource-policies';
import { readRolePolicies, type RolePolicies } from './role-policies';
import { principalFinder, type FindPrincipal } from './sessions';

/** Principals and policies as they are in moto, cached until a call may have changed them. */
export interface PolicyDirectory {
  readonly principalOf: FindPrincipal;
  role(name: string): Promise<RolePolicies | undefined>;
  /** Undefined if the resource has no policy. */
  resource(arn: string): Promise<NamedPolicy | undefined>;
  /** The call with what AWS takes into account of the resources that it names. */
  complete(call: AwsCall): Promise<AwsCall>;
  /** To be called when a call has been answered. */
  answered(call: Pick<AwsCall, 'service' | 'operation'>): void;
  /** To be called when everything was deleted. */
  forget(): void;
}

/** @param administratorKeys access keys that may do everything */
export function policyDirectory(
  motoEndpoint: string,
  call: CallJson,
  administratorKeys: ReadonlySet<string>,
): PolicyDirectory {
  const callQuery = queryCaller(motoEndpoint);
  const readers = { motoEndpoint, call, callQuery };
  const roles = new Map<string, Promise<RolePolicies | undefined>>();
  const resources = new Map<string, Promise<NamedPolicy | undefined>>();
  const tables = new Map<string, Promise<string | undefined>>();
  const role = (name: string) => cached(roles, name, () => readRolePolicies(callQuery, name));
  return {
    principalOf: principalFinder(callQuery, administratorKeys),
    role,
    resource: (arn) => {
      const owner = policyOwner(arn);
      return cached(resources, owner, () => readResourcePolicy(owner, readers));
    },
    complete: async (aws) => ({
      ...aws,
      ...(await callFacts(aws, {
        call,
        boundaryArnOf: async (name) => (await role(name))?.boundaryArn,
        partitionKeyOf: (table) =>
          cached(tables, table, () => readPartitionKey(call, aws.region, table)),
      })),
    }),
    answered: ({ service, operation }) => {
      if (service === 'iam' && !/^(Get|List|Simulate)/.test(operation)) roles.clear();
      if (changesPolicy.test(operation)) forgetService(resources, service);
      if (operation.endsWith('Table')) tables.clear();
    },
    forget: () => [roles, resources, tables].forEach((known) => known.clear()),
  };
}

const changesPolicy =
  /Policy|Policies|Permission|^Set(Queue|Topic)Attributes|^(Create|Delete)(Bucket|Key|Queue|Repository|Secret|Table|Topic)/;

function cached<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const found = map.get(key) ?? read();
  map.set(key, found);
  found.catch(() => map.delete(key));
  return found;
}

function forgetService(resources: Map<string, unknown>, service: string): void {
  for (const arn of resources.keys()) if (arn.split(':')[2] === service) resources.delete(arn);
}
