import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** IAM and STS with roles whose trust is as given: role → subjects. */
export async function fakeSts(trusted: Readonly<Record<string, readonly string[]>>) {
  const assumed: string[] = [];
  let accountOf = (arn: string) => arn.split(':')[4] ?? '';
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const role = form.get('RoleName') ?? form.get('RoleArn')?.split('/').at(-1) ?? '';
      if (form.get('Action') === 'GetRole') response.end(roleXml(trusted[role] ?? []));
      else {
        assumed.push(role);
        const account = accountOf(form.get('RoleArn') ?? '');
        response.end(
          `<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken><Arn>arn:aws:sts::${account}:assumed-role/${role}/GitHubActions</Arn>`,
        );
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    assumed,
    /** Gives credentials of another account than the role's. */
    answersFor(account: () => string) {
      accountOf = account;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function roleXml(subjects: readonly string[]): string {
  const issuer = 'token.actions.githubusercontent.com';
  const policy = {
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:aws:iam::1:oidc-provider/${issuer}` },
        Condition: {
          StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects },
        },
      },
    ],
  };
  const document = encodeURIComponent(JSON.stringify(policy));
  return `<AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument>`;
}
