import { nonproduction } from './accounts';
import { base } from './base';
import type { Environment } from './schema';

/** Cheap and disposable, one of everything. */
export const dev: Environment = {
  ...base,
  name: 'dev',
  account: nonproduction,
  domain: {
    zone: { kind: 'own', name: 'dev.clarity.example' },
    api: 'api.dev.clarity.example',
    alternatives: [],
  },
  observability: { ...base.observability, alerts: { emails: ['dev-alerts@clarity.example'] } },
};
