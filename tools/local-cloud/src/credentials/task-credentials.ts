import { randomBytes, randomUUID } from 'node:crypto';
import type { AssumeRole, RoleCredentials } from '../moto/assume-role';

/** The task of which a container asks for credentials. */
export interface TaskWithRole {
  /** The id in the task's ARN: the name of the role's session, as in AWS. */
  readonly id: string;
  /** ARN of the task role. */
  readonly roleArn: string;
}

/** The endpoint at which containers read the credentials of their task role. */
export interface TaskCredentials {
  /** Where a container reads the credentials of its task, as its environment names it to the AWS SDKs. */
  environmentOf(task: TaskWithRole, endpoint: string): Readonly<Record<string, string>>;
  /** The credentials that the containers of a task get. */
  issuedTo(task: TaskWithRole): Promise<RoleCredentials>;
  /** Answers one request for credentials. */
  answer(path: string, authorization: string | undefined): Promise<CredentialsAnswer>;
}

export interface CredentialsAnswer {
  readonly status: number;
  readonly page: Readonly<Record<string, string>>;
}

export const taskCredentialsPath = '/_local/task-credentials/';

/** The SDKs ask again when their credentials have less than five minutes left. */
const freshMs = 15 * 60_000;

/**
 * Serves task roles as the ECS agent does: AWS_CONTAINER_CREDENTIALS_FULL_URI names a page for one task, and
 * AWS_CONTAINER_AUTHORIZATION_TOKEN opens it. Source: "Container credential provider" in the AWS SDKs and
 * Tools Reference Guide.
 */
export function taskCredentials(assumeRole: AssumeRole): TaskCredentials {
  const pages = new Map<string, { task: TaskWithRole; token: string }>();
  const pageOf = new Map<string, string>();
  const issued = new Map<string, RoleCredentials>();
  const issuedTo = async ({ id, roleArn }: TaskWithRole) => {
    const before = issued.get(id);
    if (before && before.expiresAt.getTime() - Date.now() >= freshMs) return before;
    const fresh = await assumeRole(roleArn, id);
    issued.set(id, fresh);
    return fresh;
  };
  return {
    issuedTo,
    environmentOf(task, endpoint) {
      const page = pageOf.get(task.id) ?? randomUUID();
      const entry = pages.get(page) ?? { task, token: randomBytes(24).toString('base64url') };
      pageOf.set(task.id, page);
      pages.set(page, entry);
      return {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}${taskCredentialsPath}${page}`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: entry.token,
      };
    },
    async answer(path, authorization) {
      const entry = pages.get(path.slice(taskCredentialsPath.length));
      if (!entry || authorization !== entry.token)
        return {
          status: 404,
          page: { code: 'InvalidIdInRequest', message: 'no task has these credentials' },
        };
      const { task } = entry;
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await issuedTo(task);
      return {
        status: 200,
        page: {
          RoleArn: task.roleArn,
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          Token: sessionToken,
          Expiration: expiresAt.toISOString(),
        },
      };
    },
  };
}
