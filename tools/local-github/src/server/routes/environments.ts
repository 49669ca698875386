import { branchPolicyAnswer, environmentAnswer } from '../answers/environment';
import { notFound, Refusal, validationFailed } from '../refusal';
import { findEnvironment, setEnvironment } from '../state/environments';
import type { EnvironmentRecord } from '../state/records';
import { bodyOf, textIn, type Call, type Route, type Routes } from './route';

const reads: Route['needs'] = () => [['actions', 'read']];
const administrates: Route['needs'] = () => [['administration', 'write']];
const nameIn = ({ path }: Call) => textIn(path, 'environment_name') ?? '';

function requested(call: Call): EnvironmentRecord {
  const environment = findEnvironment(call.store, nameIn(call));
  if (!environment) throw notFound();
  return environment;
}

export const environmentRoutes: Routes = {
  'repos/get-environment': {
    needs: reads,
    answer: (call) => ({ status: 200, body: environmentAnswer(call.addresses, requested(call)) }),
  },
  'repos/create-or-update-environment': {
    needs: administrates,
    honours: ['reviewers', 'deployment_branch_policy'],
    answer: (call) => {
      const record = setEnvironment(call.store, nameIn(call), {
        reviewers: reviewersIn(call),
        restrictsBranches: restrictsBranches(call),
      });
      return { status: 200, body: environmentAnswer(call.addresses, record) };
    },
  },
  'repos/list-deployment-branch-policies': {
    needs: reads,
    answer: (call) => {
      const policies = requested(call).branchPolicies ?? [];
      const body = {
        total_count: policies.length,
        branch_policies: policies.map(branchPolicyAnswer),
      };
      return { status: 200, body };
    },
  },
  'repos/create-deployment-branch-policy': {
    needs: administrates,
    honours: ['name', 'type'],
    answer: (call) => {
      const { branchPolicies } = requested(call);
      if (!branchPolicies) throw notFound();
      const body = bodyOf(call);
      const name = textIn(body, 'name') ?? '';
      if (body['type'] === 'tag' || /[*?[{\\]/.test(name))
        throw new Refusal(501, 'The embedded GitHub supports names of branches only.');
      if (branchPolicies.some((each) => each.name === name)) return { status: 303 };
      const policy = { id: call.store.nextId(), name };
      branchPolicies.push(policy);
      return { status: 200, body: branchPolicyAnswer(policy) };
    },
  },
};

interface Settings {
  readonly reviewers?: readonly { readonly type?: string; readonly id?: number }[] | null;
  readonly deployment_branch_policy?: {
    readonly protected_branches: boolean;
    readonly custom_branch_policies: boolean;
  } | null;
}
const settingsIn = ({ body }: Call): Settings => (body ?? {}) as Settings;

/** @returns logins */
function reviewersIn(call: Call): readonly string[] {
  return (settingsIn(call).reviewers ?? []).map(({ type, id = 0 }) => {
    if (type === 'Team') throw new Refusal(501, 'The embedded GitHub has no teams.');
    const login = call.store.loginsById.get(id);
    if (login === undefined)
      throw validationFailed({ resource: 'Environment', field: 'reviewers', code: 'invalid' });
    return login;
  });
}

function restrictsBranches(call: Call): boolean {
  const policy = settingsIn(call).deployment_branch_policy;
  if (!policy) return false;
  if (policy.protected_branches === policy.custom_branch_policies)
    throw validationFailed({
      resource: 'Environment',
      field: 'deployment_branch_policy',
      code: 'invalid',
    });
  if (policy.protected_branches)
    throw new Refusal(501, 'The embedded GitHub has no protected branches.');
  return true;
}
