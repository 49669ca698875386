import type { FieldError } from '@clarity/schema';
import type { Environment } from './schema';

type Check = (environment: Environment) => readonly FieldError[];

/** AWS Backup's own: cold storage is paid for this long, and continuous backups end there. */
const coldAtLeastDays = 90;
const continuousAtMostDays = 35;

const backupsCanBeKept: Check = ({ data: { backup } }) =>
  backup.rules.flatMap((rule, index) => {
    const broken: FieldError[] = [];
    const complain = (setting: string, detail: string) =>
      broken.push({ pointer: `/data/backup/rules/${index}/${setting}`, detail });
    if (rule.deleteAfterDays < backup.minimumRetentionDays)
      complain('deleteAfterDays', 'must not be below minimumRetentionDays: the vault refuses it');
    if (
      rule.coldAfterDays !== undefined &&
      rule.deleteAfterDays < rule.coldAfterDays + coldAtLeastDays
    )
      complain('deleteAfterDays', `must be ${coldAtLeastDays} days or more after coldAfterDays`);
    if (rule.continuous && rule.coldAfterDays !== undefined)
      complain('coldAfterDays', 'must be absent from a continuous backup');
    if (rule.continuous && rule.deleteAfterDays > continuousAtMostDays)
      complain(
        'deleteAfterDays',
        `must be ${continuousAtMostDays} at most for a continuous backup`,
      );
    return broken;
  });

const rulesHaveNamesOfTheirOwn: Check = ({ data: { backup } }) =>
  backup.rules.flatMap(({ name }, index) =>
    backup.rules.findIndex((rule) => rule.name === name) === index
      ? []
      : [
          {
            pointer: `/data/backup/rules/${index}/name`,
            detail: `must not be ${name} again: AWS Backup tells rules of a plan apart by name`,
          },
        ],
  );

const immutableVaultsStay: Check = ({ data: { backup }, protection }) =>
  backup.immutableAfterDays !== undefined && !protection.preventDestroy
    ? [
        {
          pointer: '/data/backup/immutableAfterDays',
          detail:
            'must be absent unless protection.preventDestroy: no teardown could ever delete the vault',
        },
      ]
    : [];

const protectedBucketsAreNotEmptied: Check = ({ protection }) =>
  protection.preventDestroy && protection.emptyOnDestroy
    ? [
        {
          pointer: '/protection/emptyOnDestroy',
          detail: 'must be false with preventDestroy: what may not be destroyed may not be emptied',
        },
      ]
    : [];

const rotationLivesHere: Check = ({ account, data: { cursorKeyRotation } }) => {
  if (cursorKeyRotation === 'none') return [];
  const here = `arn:aws:lambda:${account.region}:${account.id}:function:`;
  return cursorKeyRotation.lambdaArn.startsWith(here)
    ? []
    : [
        {
          pointer: '/data/cursorKeyRotation/lambdaArn',
          detail: `must begin with ${here}: Secrets Manager calls functions of its own account and region`,
        },
      ];
};

const previousKeyExists: Check = ({ data: { cursorKey, cursorKeyRotation } }) =>
  cursorKey.previous !== 'none' && cursorKey.version === 1 && cursorKeyRotation === 'none'
    ? [
        {
          pointer: '/data/cursorKey/previous',
          detail: 'must be none with version 1: no key came before it, and no task could start',
        },
      ]
    : [];

/** Rules between the settings of what is kept. */
export const dataChecks: readonly Check[] = [
  backupsCanBeKept,
  rulesHaveNamesOfTheirOwn,
  immutableVaultsStay,
  protectedBucketsAreNotEmptied,
  rotationLivesHere,
  previousKeyExists,
];
