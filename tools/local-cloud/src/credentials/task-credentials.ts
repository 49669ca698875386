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
  const pages = new Map<string, { task: TaskWithRole; token: string; issued?: RoleCredentials }>();
  const pageOf = new Map<string, string>();
  return {
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
      if (!entry.issued || entry.issued.expiresAt.getTime() - Date.now() < freshMs)
        entry.issued = await assumeRole(task.roleArn, task.id);
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = entry.issued;
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
