import type { IamMode } from '../../contract';
import { judgeAssumption } from '../../iam/decision/judge-assumption';
import { judgeCall } from '../../iam/decision/judge';
import { denialMessage } from '../../iam/denial-message';
import type { PolicyDirectory } from '../../iam/directory/policy-directory';
import { accountOf, roleName } from '../../iam/principal';
import { allowsAnyone } from '../../iam/decision/judge-anonymous';
import { readCall, type HttpRequest } from '../../iam/request/read-call';
import type { AwsError } from '../faults/error-response';
import type { RequestIdentity } from '../http/identify-request';
import type { PermissionRecord } from './permission-record';
import { accessDenied, anonymousDenied, unknownKey, unsigned } from './refusal';
import { unsignedCall } from './unsigned-calls';

export interface PermissionCheck {
  readonly mode: IamMode;
  readonly directory: PolicyDirectory;
  readonly record: PermissionRecord;
  readonly now: () => Date;
}

/**
 * Judges a request by the policies of its principal and records the result.
 * @returns the error to answer with, if the mode is `enforce` and AWS would refuse it
 */
export async function checkPermissions(
  { mode, directory, record, now }: PermissionCheck,
  { service, region, accessKeyId }: RequestIdentity,
  operation: string | undefined,
  request: HttpRequest,
): Promise<AwsError | undefined> {
  if (mode === 'off') return undefined;
  const refuse = (error: AwsError) => (mode === 'enforce' ? error : undefined);
  if (operation?.startsWith('AssumeRole')) {
    const call = readCall(request, 'sts', operation, { region, account: '' });
    const refusal = call && (await judgeAssumption(call, directory));
    if (refusal !== undefined) return refuse(accessDenied('sts', request.headers, refusal));
  }
  if (accessKeyId === undefined) {
    const kind = unsignedCall(service, operation, request);
    record.unsigned(operation ?? `${request.method} ${request.url.replace(/\?.*/, '')}`);
    if (kind === 'refused') return refuse(unsigned(request.headers));
    const call = kind === 's3' && readCall(request, 's3', operation, { region, account: '' });
    if (!call || (await allowsAnyone(call, directory))) return undefined;
    return refuse(anonymousDenied);
  }
  if (service === undefined) return undefined;
  const principal = await directory.principalOf(accessKeyId);
  if (!principal) return refuse(unknownKey(service, request.headers));
  if (principal.kind !== 'role') return undefined;

  const place = { region, account: accountOf(principal.arn) };
  const call = readCall(request, service, operation, place);
  const role = await directory.role(roleName(principal.arn));
  record.called(principal, role);
  if (!call) {
    record.unmapped(`${service} ${request.method} ${request.url.replace(/\?.*/, '')}`);
    return undefined;
  }
  const { judgements, unmapped } = await judgeCall(call, principal, directory, now());
  unmapped.forEach((action) => record.unmapped(action));
  let refusal: AwsError | undefined;
  for (const judgement of judgements) {
    const denial = denialMessage(judgement, principal.assumedRoleArn);
    record.judged(principal.arn, judgement, denial, now());
    if (denial !== undefined) refusal ??= accessDenied(service, request.headers, denial);
  }
  return refusal && refuse(refusal);
}

/** Forgets policies that a call may have changed; to be called when it has been answered. */
export function forgetChanged(
  { directory }: PermissionCheck,
  { service, region }: RequestIdentity,
  operation: string | undefined,
  request: HttpRequest,
): void {
  if (service === undefined) return;
  const name =
    operation ?? readCall(request, service, operation, { region, account: '' })?.operation;
  if (name !== undefined) directory.answered({ service, operation: name });
}
