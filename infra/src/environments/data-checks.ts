import type { FieldError } from '@clarity/schema';
import type { Environment } from './schema';

type Check = (environment: Environment) => readonly FieldError[];

/** AWS Backup's limits: minimum days in cold storage, maximum days of continuous backups. */
const minimumColdDays = 90;
const maximumContinuousDays = 35;

const backupRulesAreValid: Check = ({ data: { backup } }) =>
  backup.rules.flatMap((rule, index) => {
    const broken: FieldError[] = [];
    const complain = (setting: string, detail: string) =>
      broken.push({ pointer: `/data/backup/rules/${index}/${setting}`, detail });
    if (rule.deleteAfterDays < backup.minimumRetentionDays)
      complain(
        'deleteAfterDays',
        'must not be below minimumRetentionDays: the vault would reject it',
      );
    if (
      rule.coldAfterDays !== undefined &&
      rule.deleteAfterDays < rule.coldAfterDays + minimumColdDays
    )
      complain('deleteAfterDays', `must be at least ${minimumColdDays} days after coldAfterDays`);
    if (rule.continuous && rule.coldAfterDays !== undefined)
      complain('coldAfterDays', 'must be absent from a continuous backup');
    if (rule.continuous && rule.deleteAfterDays > maximumContinuousDays)
      complain(
        'deleteAfterDays',
        `must be at most ${maximumContinuousDays} for a continuous backup`,
      );
    return broken;
  });

const ruleNamesAreUnique: Check = ({ data: { backup } }) =>
  backup.rules.flatMap(({ name }, index) =>
    backup.rules.findIndex((rule) => rule.name === name) === index
      ? []
      : [
          {
            pointer: `/data/backup/rules/${index}/name`,
            detail: `must be unique: AWS Backup identifies the rules of a plan by name (${name})`,
          },
        ],
  );

const immutableVaultsAreProtected: Check = ({ data: { backup }, protection }) =>
  backup.immutableAfterDays !== undefined && !protection.preventDestroy
    ? [
        {
          pointer: '/data/backup/immutableAfterDays',
          detail:
            'must be absent without protection.preventDestroy: no teardown could delete the vault',
        },
      ]
    : [];

const protectedBucketsAreNotEmptied: Check = ({ protection }) =>
  protection.preventDestroy && protection.emptyOnDestroy
    ? [
        {
          pointer: '/protection/emptyOnDestroy',
          detail: 'must be false with preventDestroy: protected resources must not be emptied',
        },
      ]
    : [];

const rotationFunctionIsInAccount: Check = ({ account, data: { cursorKeyRotation } }) => {
  if (cursorKeyRotation === 'none') return [];
  const here = `arn:aws:lambda:${account.region}:${account.id}:function:`;
  return cursorKeyRotation.lambdaArn.startsWith(here)
    ? []
    : [
        {
          pointer: '/data/cursorKeyRotation/lambdaArn',
          detail: `must begin with ${here}: Secrets Manager invokes only functions in the same account and region`,
        },
      ];
};

const previousKeyExists: Check = ({ data: { cursorKey, cursorKeyRotation } }) =>
  cursorKey.previous !== 'none' && cursorKey.version === 1 && cursorKeyRotation === 'none'
    ? [
        {
          pointer: '/data/cursorKey/previous',
          detail: 'must be none with version 1, which has no previous key: tasks could not start',
        },
      ]
    : [];

const keptUsersGetMail: Check = ({ data: { auth }, protection }) =>
  protection.preventDestroy && auth.email.kind === 'cognito'
    ? [
        {
          pointer: '/data/auth/email/kind',
          detail:
            'must be ses with protection.preventDestroy: Cognito sends at most 50 mails a day',
        },
      ]
    : [];

const senderBelongsToIdentity: Check = ({ data: { auth } }) => {
  if (auth.email.kind !== 'ses') return [];
  const identity = auth.email.identityArn.slice(auth.email.identityArn.indexOf('/') + 1);
  const { from } = auth.email;
  return from === identity || from.endsWith(`@${identity}`)
    ? []
    : [
        {
          pointer: '/data/auth/email/from',
          detail: `must be an address of ${identity}, for which SES may send`,
        },
      ];
};

/** Rules between the settings of the data stack. */
export const dataChecks: readonly Check[] = [
  backupRulesAreValid,
  ruleNamesAreUnique,
  immutableVaultsAreProtected,
  protectedBucketsAreNotEmptied,
  rotationFunctionIsInAccount,
  previousKeyExists,
  keptUsersGetMail,
  senderBelongsToIdentity,
];
