import { nodeId } from '../answers/addresses';
import { userAnswer } from '../answers/user';
import { textIn, type Routes } from './route';

const since = '2026-01-01T00:00:00Z';
/** The embedded GitHub keeps no environments, so every one has the same ids. */
const id = 1;

export const environmentRoutes: Routes = {
  'repos/get-environment': {
    needs: () => [['actions', 'read']],
    // The runner asks for approval of every job that names an environment, whichever it is.
    answer: ({ addresses, path }) => {
      const name = textIn(path, 'environment_name') ?? '';
      const reviewers = [{ type: 'User', reviewer: userAnswer(addresses, 'ada') }];
      const rule = { id, node_id: nodeId('GA', id), type: 'required_reviewers', reviewers };
      return {
        status: 200,
        body: {
          id,
          node_id: nodeId('EN', id),
          name,
          url: `${addresses.api}/environments/${encodeURIComponent(name)}`,
          html_url: `${addresses.html}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
          created_at: since,
          updated_at: since,
          protection_rules: [{ ...rule, prevent_self_review: false }],
          deployment_branch_policy: null,
        },
      };
    },
  },
};
