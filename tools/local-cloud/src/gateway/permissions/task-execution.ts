import { denialMessage } from '../../iam/denial-message';
import { judgeCall } from '../../iam/decision/judge';
import { mayAssume } from '../../iam/decision/judge-assumption';
import { accountOf, roleName, type RoleSession } from '../../iam/principal';
import type { AwsCall } from '../../iam/request/aws-call';
import type { PermissionCheck } from './check-permissions';

/** A role that ECS assumes for a task. */
export interface RoleOfTask {
  readonly roleArn: string;
  /** Name of the session, as in AWS. */
  readonly taskId: string;
  readonly taskArn: string;
}

/** What the role of a task may do; what it is asked for is recorded like a call of the role. */
export interface TaskExecution {
  /** Whether ECS can assume the role: it exists, and trusts `ecs-tasks.amazonaws.com`. */
  canAssume(role: RoleOfTask): Promise<boolean>;
  /** @returns AWS's sentence if the role may not make the call */
  denial(role: RoleOfTask, call: Omit<AwsCall, 'account'>): Promise<string | undefined>;
}

export function taskExecution({ mode, directory, record, now }: PermissionCheck): TaskExecution {
  return {
    canAssume: async ({ roleArn, taskArn }) => {
      const context = { 'aws:SourceAccount': accountOf(taskArn), 'aws:SourceArn': taskArn };
      return (
        mode !== 'enforce' ||
        (await mayAssume('ecs-tasks.amazonaws.com', roleArn, context, directory))
      );
    },
    denial: async ({ roleArn, taskId }, call) => {
      if (mode === 'off') return undefined;
      const account = accountOf(roleArn);
      const assumedRoleArn = `arn:aws:sts::${account}:assumed-role/${roleName(roleArn)}/${taskId}`;
      const principal: RoleSession = {
        kind: 'role',
        arn: roleArn,
        assumedRoleArn,
        sessionName: taskId,
      };
      record.called(principal, await directory.role(roleName(roleArn)));
      const { judgements } = await judgeCall({ ...call, account }, principal, directory, now());
      const denials = judgements.flatMap((judgement) => {
        const denial = denialMessage(judgement, assumedRoleArn);
        record.judged(roleArn, judgement, denial, now());
        return denial ?? [];
      });
      return mode === 'enforce' ? denials[0] : undefined;
    },
  };
}
