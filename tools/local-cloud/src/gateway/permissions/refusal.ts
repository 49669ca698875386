import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from '../faults/error-response';

/** A denied call, in the words of its service. */
export function accessDenied(
  service: string,
  headers: IncomingHttpHeaders,
  message: string,
): AwsError {
  if (service === 'ec2')
    return {
      service,
      status: 403,
      code: 'UnauthorizedOperation',
      message: `You are not authorized to perform this operation. ${message}`,
    };
  if (service === 'sns') return { service, status: 403, code: 'AuthorizationError', message };
  return speaksJson(service, headers)
    ? // The RPC protocol has 400 for every error of the caller; REST has the status that fits.
      {
        service,
        status: headers['x-amz-target'] === undefined ? 403 : 400,
        code: 'AccessDeniedException',
        message,
      }
    : { service, status: 403, code: 'AccessDenied', message };
}

/** A call with an access key that AWS does not have. */
export function unknownKey(service: string, headers: IncomingHttpHeaders): AwsError {
  if (service === 's3')
    return {
      service,
      status: 403,
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    };
  const message = 'The security token included in the request is invalid.';
  if (service === 'ec2') return { service, status: 401, code: 'AuthFailure', message };
  return speaksJson(service, headers)
    ? { service, status: 400, code: 'UnrecognizedClientException', message }
    : { service, status: 403, code: 'InvalidClientTokenId', message };
}

/** A call without a signature to an API that needs one. */
export const unsigned = (headers: IncomingHttpHeaders): AwsError =>
  speaksJson('', headers)
    ? {
        service: undefined,
        status: 400,
        code: 'MissingAuthenticationTokenException',
        message: 'Missing Authentication Token',
      }
    : {
        service: undefined,
        status: 403,
        code: 'MissingAuthenticationToken',
        message: 'Request is missing Authentication Token',
      };

/** A request to S3 without a signature that the policy of the bucket does not allow to everyone. */
export const anonymousDenied: AwsError = {
  service: 's3',
  status: 403,
  code: 'AccessDenied',
  message: 'Access Denied',
};

/** Services whose REST API speaks JSON, also if a request has no body. */
const restJson = new Set(['backup', 'batch', 'chatbot', 'guardduty', 'scheduler', 'xray']);

const speaksJson = (service: string, headers: IncomingHttpHeaders): boolean =>
  headers['x-amz-target'] !== undefined ||
  restJson.has(service) ||
  (headers['content-type'] ?? '').includes('json');
