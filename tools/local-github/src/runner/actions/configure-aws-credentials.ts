import { assumeRole } from './assume-role';
import type { StandIn } from './stand-in';

/**
 * aws-actions/configure-aws-credentials with OIDC: asks GitHub for a token of the job's identity and
 * exchanges it for the role's credentials, if the role's trust policy lets this identity in.
 */
export const configureAwsCredentials: StandIn = {
  version: 'v6',
  inputs: ['role-to-assume', 'aws-region', 'role-duration-seconds', 'allowed-account-ids'],
  async run({ inputs, env, permissions, print, mask }) {
    const { 'role-to-assume': role = '', 'aws-region': region = '' } = inputs;
    const requestUrl = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
    const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (permissions['id-token'] !== 'write' || !requestUrl || !requestToken)
      throw new Error(
        "Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers. Did you forget 'id-token: write' in the job's permissions?",
      );
    const answer = await fetch(`${requestUrl}&audience=sts.amazonaws.com`, {
      headers: { authorization: `Bearer ${requestToken}` },
    });
    if (!answer.ok) throw new Error(`GitHub gave no OIDC token: ${answer.status}`);
    const { value: token } = (await answer.json()) as { value: string };
    mask(token);
    const endpoint = env['AWS_ENDPOINT_URL'];
    if (!endpoint)
      throw new Error('The embedded GitHub reaches the embedded AWS only: no AWS_ENDPOINT_URL.');
    const credentials = await assumeRole({
      endpoint,
      role,
      token,
      session: 'GitHubActions',
    });
    mask(credentials.accessKeyId);
    mask(credentials.secretAccessKey);
    mask(credentials.sessionToken);
    print(`Authenticated as ${role}`);
    const allowed = (inputs['allowed-account-ids'] ?? '').split(',').map((id) => id.trim());
    if (allowed[0] !== '' && !allowed.includes(credentials.account))
      throw new Error(
        `The account ID of the provided credentials (${credentials.account}) does not match any of the expected account IDs: ${allowed.join(', ')}`,
      );
    return {
      outputs: { 'aws-account-id': credentials.account },
      env: {
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
      },
    };
  },
};
