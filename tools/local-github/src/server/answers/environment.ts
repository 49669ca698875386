import type { BranchPolicyRecord, EnvironmentRecord } from '../state/records';
import { nodeId, type Addresses } from './addresses';
import { userAnswer } from './user';

export function environmentAnswer(addresses: Addresses, record: EnvironmentRecord) {
  const { id, name, createdAt, updatedAt, reviewers, branchPolicies } = record;
  const rule = { id, node_id: nodeId('GA', id) };
  return {
    id,
    node_id: nodeId('EN', id),
    name,
    url: `${addresses.api}/environments/${encodeURIComponent(name)}`,
    html_url: `${addresses.html}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: createdAt,
    updated_at: updatedAt,
    protection_rules: [
      ...(reviewers.length > 0
        ? [
            {
              ...rule,
              type: 'required_reviewers',
              prevent_self_review: false,
              reviewers: reviewers.map((login) => ({
                type: 'User',
                reviewer: userAnswer(addresses, login),
              })),
            },
          ]
        : []),
      ...(branchPolicies ? [{ ...rule, type: 'branch_policy' }] : []),
    ],
    deployment_branch_policy: branchPolicies
      ? { protected_branches: false, custom_branch_policies: true }
      : null,
  };
}

export function branchPolicyAnswer({ id, name }: BranchPolicyRecord) {
  return { id, node_id: nodeId('GBP', id), name, type: 'branch' };
}
