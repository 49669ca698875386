import { GetAnomalyMonitorsCommand, type CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { ListDetectorsCommand, type GuardDutyClient } from '@aws-sdk/client-guardduty';
import { ListOpenIDConnectProvidersCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { Finding } from '../finding';
import type { Requirements } from '../requirements';

interface Clients {
  readonly guardDuty: GuardDutyClient;
  readonly iam: IAMClient;
  readonly costs: CostExplorerClient;
}

/**
 * An account has one detector per region, one identity provider per URL and one monitor of all services;
 * AWS refuses a second one half way through an apply.
 */
export async function checkOncePerAccount(
  clients: Clients,
  needs: Requirements,
): Promise<readonly Finding[]> {
  const found = async (subject: string, setting: string, existing: Promise<string | undefined>) => {
    const name = await existing;
    return name === undefined
      ? { subject, outcome: 'ok' as const, text: 'none yet; the account stack creates it' }
      : {
          subject,
          outcome: 'blocks' as const,
          text: `the account has ${name}, and there can be only one. Adopt it: set ${setting} to {kind: 'existing', …} in infra/src/environments/accounts.ts`,
        };
  };
  return Promise.all([
    ...(needs.detector
      ? [found('GuardDuty detector', 'threatDetection.detector', detectorOf(clients.guardDuty))]
      : []),
    ...needs.identityProviders.map((url) =>
      found('Identity provider of GitHub', 'github.identityProvider', providerOf(clients.iam, url)),
    ),
    ...(needs.anomalyMonitor
      ? [
          found(
            'Cost anomaly monitor of services',
            'spending.anomalyMonitor',
            monitorOf(clients.costs),
          ),
        ]
      : []),
  ]);
}

async function detectorOf(client: GuardDutyClient): Promise<string | undefined> {
  const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}));
  return DetectorIds[0];
}

async function providerOf(client: IAMClient, url: string): Promise<string | undefined> {
  const { OpenIDConnectProviderList = [] } = await client.send(
    new ListOpenIDConnectProvidersCommand({}),
  );
  const host = url.replace(/^https:\/\//, '');
  return OpenIDConnectProviderList.map(({ Arn = '' }) => Arn).find((arn) =>
    arn.endsWith(`:oidc-provider/${host}`),
  );
}

async function monitorOf(client: CostExplorerClient): Promise<string | undefined> {
  const { AnomalyMonitors = [] } = await client.send(new GetAnomalyMonitorsCommand({}));
  return AnomalyMonitors.find(({ MonitorDimension }) => MonitorDimension === 'SERVICE')?.MonitorArn;
}
