import { profileAnswer } from '../answers/user';
import { repositoryAnswer } from '../answers/repository';
import { Refusal } from '../refusal';
import type { Routes } from './route';

const founded = '2026-01-01T00:00:00Z';

export const repositoryRoutes: Routes = {
  'repos/get': {
    needs: () => [['metadata', 'read']],
    answer: ({ store, addresses }) => {
      const openIssues = [...store.numbered.values()].filter(
        ({ state }) => state === 'open',
      ).length;
      return { status: 200, body: repositoryAnswer(addresses, { since: founded, openIssues }) };
    },
  },
  'users/get-authenticated': {
    needs: () => [['metadata', 'read']],
    answer: ({ addresses, caller: { login, permissions } }) => {
      // A job's token is that of an installation, which is not a user.
      if (permissions) throw new Refusal(403, 'Resource not accessible by integration');
      return { status: 200, body: profileAnswer(addresses, login, founded) };
    },
  },
  'rate-limit/get': {
    needs: () => [['metadata', 'read']],
    answer: ({ limits, caller }) => {
      const rate = limits.of(caller.token);
      return { status: 200, body: { resources: { core: rate, search: rate }, rate } };
    },
  },
};
