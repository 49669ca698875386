import { embedded } from './accounts';
import { local } from './local';
import type { Environment } from './schema';

/** The environment after `local`: the rehearsal promotes into it what was tested there. */
export const localNext: Environment = {
  ...local,
  name: 'localnext',
  previous: { environment: local.name, account: embedded.id },
  domain: {
    zone: { kind: 'own', name: 'next.clarity.example' },
    api: 'api.next.clarity.example',
    alternatives: [],
  },
  network: { ...local.network, cidr: '10.60.0.0/16' },
};
