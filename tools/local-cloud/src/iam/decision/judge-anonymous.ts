import type { PolicyDirectory } from '../directory/policy-directory';
import { accessRequests } from '../request/access-requests';
import type { AwsCall } from '../request/aws-call';
import { evaluate } from './evaluate';

/** Whether the policies of the resources that a call names allow it to everyone. */
export async function allowsAnyone(call: AwsCall, directory: PolicyDirectory): Promise<boolean> {
  const { requests } = await accessRequests(await directory.complete(call));
  const decisions = await Promise.all(
    requests.map(async (request) => {
      const resource = await directory.resource(request.resource);
      const policies = { identity: [], ...(resource && { resource }) };
      return evaluate(request, policies, { kind: 'anonymous' });
    }),
  );
  return decisions.length > 0 && decisions.every(({ allowed }) => allowed);
}
