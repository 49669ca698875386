/** A statement that no rehearsal exercises, with the reason why it is needed all the same. */
export interface NeverExercised {
  /** Name of the role, or the beginning of several with a `*` after it. */
  readonly role: string;
  /** Of the statement, or `*` for all of the role. */
  readonly sid: string;
  readonly reason: string;
}

const onBehalf =
  'a service uses the key on behalf of the role; the embedded AWS encrypts nothing, so reads and writes ask no key';

const noAgent = 'GuardDuty adds its agent to tasks on Fargate; the embedded AWS adds none';

/** The statements of our roles that no rehearsal exercises. */
export const neverExercised: readonly NeverExercised[] = [
  { role: '*', sid: 'ReadStateKey', reason: onBehalf },
  { role: '*', sid: 'WriteStateKey', reason: onBehalf },
  { role: '*', sid: 'DecryptPipeline', reason: onBehalf },
  { role: '*', sid: 'UseImagesKey', reason: onBehalf },
  { role: '*', sid: 'DecryptCursorKeys', reason: onBehalf },
  { role: '*', sid: 'DecryptLedger', reason: onBehalf },
  { role: '*', sid: 'Encryption', reason: onBehalf },
  { role: '*', sid: 'DecryptSecrets', reason: onBehalf },
  { role: '*', sid: 'PullGuarddutyAgent', reason: noAgent },
  { role: '*', sid: 'SendSecurityTelemetry', reason: noAgent },
  {
    role: 'clarity-local-api-task',
    sid: 'Redrive',
    reason: 'no job of the rehearsal fails often enough to reach the dead-letter queue',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'ChangeChatbot',
    reason: 'no environment of the embedded AWS posts to a chat',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'ChangeRoute53HealthChecks',
    reason:
      'Route 53 checks the API of staging and prod only; nothing on this machine can be checked from outside',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'ChangeScheduler',
    reason: 'only the GPU hosts of prod are refreshed on a schedule',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'ReadPipeline',
    reason: 'a deploy may do what a rollback may, and only a rollback reads the kept program',
  },
  {
    role: 'clarity-github-rollback',
    sid: 'ReadLogs',
    reason: 'it explains a rollback that fails, and none of the rehearsal does',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'ResolveHostImage',
    reason: 'Auto Scaling reads the parameter as its caller; moto does not resolve it',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'FirstUseOfServices',
    reason: 'a service creates its linked role with the permissions of its caller; moto needs none',
  },
  {
    role: 'clarity-github-deploy',
    sid: 'RegistryLogin',
    reason: 'process images go to a folder, not to a registry',
  },
  {
    role: 'clarity-local-ml-worker-task',
    sid: 'ListBucket',
    reason: 'without it, S3 answers 403 instead of 404 for an object that does not exist',
  },
  {
    role: 'clarity-local-ml-worker-task',
    sid: 'VersionsOfResults',
    reason: 'the worker erases a result only if the analysis was ended or erased in the meantime',
  },
  {
    role: 'clarity-localnext-*',
    sid: '*',
    reason: 'the roles of the second environment have the policies of the first, whose API is used',
  },
];

/** Whether a reason is about a statement of a role. */
export function isAbout(reason: NeverExercised, role: string, sid: string): boolean {
  const matches = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  return matches(reason.sid, sid) && matches(reason.role, role);
}
