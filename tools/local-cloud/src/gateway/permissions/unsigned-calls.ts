import type { HttpRequest } from '../../iam/request/read-call';

/**
 * Operations that AWS answers without a signature: those with `smithy.api#noAuth` in its API models, and what a
 * subscription of SNS is confirmed and ended with. With the target's prefix if a header names them.
 */
const withoutSignature = new Set([
  ...[
    'AssociateSoftwareToken',
    'ChangePassword',
    'CompleteWebAuthnRegistration',
    'ConfirmDevice',
    'ConfirmForgotPassword',
    'ConfirmSignUp',
    'DeleteUser',
    'DeleteUserAttributes',
    'DeleteWebAuthnCredential',
    'ForgetDevice',
    'ForgotPassword',
    'GetDevice',
    'GetTokensFromRefreshToken',
    'GetUser',
    'GetUserAttributeVerificationCode',
    'GetUserAuthFactors',
    'GlobalSignOut',
    'InitiateAuth',
    'ListDevices',
    'ListWebAuthnCredentials',
    'ResendConfirmationCode',
    'RespondToAuthChallenge',
    'RevokeToken',
    'SetUserMFAPreference',
    'SetUserSettings',
    'SignUp',
    'StartWebAuthnRegistration',
    'UpdateAuthEventFeedback',
    'UpdateDeviceStatus',
    'UpdateUserAttributes',
    'VerifySoftwareToken',
    'VerifyUserAttribute',
  ].map((name) => `AWSCognitoIdentityProviderService.${name}`),
  ...['GetCredentialsForIdentity', 'GetId', 'GetOpenIdToken', 'UnlinkIdentity'].map(
    (name) => `AWSCognitoIdentityService.${name}`,
  ),
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'ConfirmSubscription',
  'Unsubscribe',
]);

/**
 * What AWS makes of a request without a signature:
 * - `open`: it needs none, or has it in the form that it posts;
 * - `s3`: the policy of the bucket decides;
 * - `refused`: it is a call to an API.
 *
 * @param service signing name, if the host names it
 */
export function unsignedCall(
  service: string | undefined,
  operation: string | undefined,
  { method, url, headers }: HttpRequest,
): 'open' | 's3' | 'refused' {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const named = headers['x-amz-target'] ?? operation ?? searchParams.get('Action');
  if (named) return withoutSignature.has(String(named)) ? 'open' : 'refused';
  if (service !== undefined && service !== 's3') return 'refused';
  const open =
    method === 'OPTIONS' ||
    pathname.startsWith('/moto-api/') ||
    /\/\.well-known\/(jwks\.json|openid-configuration)$/.test(pathname) ||
    headers['content-type']?.startsWith('multipart/form-data');
  return open ? 'open' : 's3';
}
