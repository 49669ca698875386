import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformContext } from '../context';
import { PipelineError } from '../../errors';
import type { Stack } from '../stacks/manifest';
import { holdsState, stateBucketOf } from '../stacks/state-bucket';
import { checkDelegation } from './checks/delegation';
import { checkGpuZones } from './checks/gpu-zones';
import { checkSpotRole } from './checks/spot-role';
import { checkOncePerAccount } from './checks/once-per-account';
import { checkQuotas } from './checks/quotas';
import type { Finding } from './finding';
import { requirementsOf } from './requirements';

/**
 * What an account lacks for stacks that have never been applied in it: quotas, resources that can exist only
 * once, GPU types, service-linked roles, DNS. It changes nothing. Of stacks that were applied, nothing is
 * checked: they have what they need.
 */
async function findGaps(
  { clients }: Pick<TerraformContext, 'clients'>,
  stacks: readonly Stack[],
): Promise<readonly Finding[]> {
  const s3 = await clients.s3();
  const states = await Promise.all(
    stacks.map(async (stack) => holdsState(s3, await stateBucketOf(stack))),
  );
  const fresh = stacks.filter((_, index) => !states[index]);
  if (fresh.length === 0) return [];
  const texts = await Promise.all(
    fresh.map(({ folder }) => readFile(join(folder, 'cdk.tf.json'), 'utf8')),
  );
  const needs = requirementsOf(texts.map((text): unknown => JSON.parse(text)));
  const [ec2, iam] = await Promise.all([clients.ec2(), clients.iam()]);
  const found = await Promise.all([
    clients.serviceQuotas().then((quotas) => checkQuotas({ quotas, ec2 }, needs)),
    Promise.all([clients.guardDuty(), clients.costExplorer()]).then(([guardDuty, costs]) =>
      checkOncePerAccount({ guardDuty, iam, costs }, needs),
    ),
    checkGpuZones(ec2, needs),
    checkSpotRole(iam, needs),
    clients.route53().then((route53) => checkDelegation(route53, needs)),
  ]);
  return found.flat();
}

/**
 * Reports what an account lacks.
 * @throws PipelineError `environment` if an apply would fail half way
 */
export async function preflight(
  context: Pick<TerraformContext, 'clients' | 'reporter'>,
  stacks: readonly Stack[],
): Promise<void> {
  const { reporter } = context;
  const findings = await findGaps(context, stacks);
  for (const { subject, outcome, text } of findings)
    if (outcome === 'ok') reporter.info(`ok: ${subject}: ${text}`);
    else reporter.warn(`${subject}: ${text}`);
  const blocking = findings.filter(({ outcome }) => outcome === 'blocks');
  if (blocking.length > 0)
    throw new PipelineError(
      'environment',
      `The account is not ready: ${blocking.map(({ subject }) => subject).join(', ')}.`,
      'Do what the lines above name, then run this again.',
    );
}
