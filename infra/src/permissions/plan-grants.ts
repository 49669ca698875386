import type { Grant } from './least-privilege-policy';
import { useKey } from './container-grants';
import type { Account } from '../environments/schema';
import { bucketReads, terraformReads } from './terraform-reads';

/** The state bucket and its key. */
export interface StateStore {
  readonly arn: string;
  readonly keyArn: string;
}

/** Actions per grant: a long list is split so that grants fit into policies. */
const actionsPerGrant = 60;

/** Grants to read resources, state and the current release. Plans take no lock: they change nothing. */
export function planGrants(account: Account, state: StateStore): readonly Grant[] {
  const { id, region } = account;
  const actions = Object.entries(terraformReads).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`),
  );
  const parts = Array.from({ length: Math.ceil(actions.length / actionsPerGrant) }, (_, part) =>
    actions.slice(part * actionsPerGrant, (part + 1) * actionsPerGrant),
  );
  return [
    ...parts.map((part, index) => ({
      sid: `ReadSettings${index + 1}`,
      actions: part,
      resources: ['*'],
    })),
    {
      sid: 'ReadBuckets',
      actions: bucketReads,
      resources: ['arn:aws:s3:::clarity-*'],
    },
    {
      sid: 'ReadState',
      actions: ['s3:GetObject'],
      resources: [`${state.arn}/*.tfstate`],
    },
    useKey('ReadStateKey', state.keyArn, ['kms:Decrypt'], [`s3.${region}`]),
    {
      sid: 'ReadReleases',
      actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      resources: [`arn:aws:ssm:${region}:${id}:parameter/clarity/*`],
    },
    {
      // The provider reads the whole secret version, although its value is write-only in our code.
      sid: 'ReadCursorKeys',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [`arn:aws:secretsmanager:${region}:${id}:secret:clarity-*/cursor-key-*`],
    },
    {
      sid: 'DecryptCursorKeys',
      actions: ['kms:Decrypt'],
      resources: [`arn:aws:kms:${region}:${id}:key/*`],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
      },
    },
  ];
}
