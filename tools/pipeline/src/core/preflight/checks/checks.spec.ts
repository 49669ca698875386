import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { EC2Client } from '@aws-sdk/client-ec2';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { Route53Client } from '@aws-sdk/client-route-53';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { requirementsOf, type Requirements } from '../requirements';
import { checkDelegation } from './delegation';
import { checkGpuZones } from './gpu-zones';
import { checkSpotRole } from './spot-role';
import { checkOncePerAccount } from './once-per-account';
import { checkQuotas } from './quotas';

/** A client that answers by the name of the command, without AWS. */
const answering = <Client extends object>(client: Client, answers: Record<string, unknown>) =>
  Object.assign(client, {
    send: (command: object) => {
      const answer = answers[command.constructor.name];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? {});
    },
  });
const nothing = requirementsOf([]);
const needing = (needs: Partial<Requirements>): Requirements => ({ ...nothing, ...needs });

describe('quotas', () => {
  const check = (
    answers: Record<string, unknown>,
    needs: Partial<Requirements>,
    used: Record<string, unknown> = {},
  ) =>
    checkQuotas(
      {
        quotas: answering(new ServiceQuotasClient({}), answers),
        ec2: answering(new EC2Client({}), used),
      },
      needing(needs),
    );
  const value = (number: number) => ({ GetServiceQuotaCommand: { Quota: { Value: number } } });

  it('blocks an apply that reserves a GPU in a new account, with the command that asks for more', async () => {
    const [finding] = await check(value(0), { onDemandGpu: { atApply: 4, atMost: 32 } });
    expect(finding).toMatchObject({
      outcome: 'blocks',
      text: '0, but 32 are needed. Run: aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-DB2E81BA --desired-value 32',
    });
  });

  it('does not block hosts that only start later', async () => {
    const [finding] = await check(value(4), { onDemandGpu: { atApply: 4, atMost: 32 } });
    expect(finding?.outcome).toBe('later');
  });

  it('counts addresses that are in use', async () => {
    const used = { DescribeAddressesCommand: { Addresses: [{}, {}, {}] } };
    const [finding] = await check(value(5), { elasticIps: 3 }, used);
    expect(finding).toMatchObject({ outcome: 'blocks', text: expect.stringContaining('but 6') });
  });

  it('finds the quota of an endpoint by the name of its instance type', async () => {
    const Quotas = [{ QuotaName: 'ml.g5.xlarge for endpoint usage', QuotaCode: 'L-1', Value: 2 }];
    const answers = { ListServiceQuotasCommand: { Quotas } };
    const [enough] = await check(answers, { endpoints: { 'ml.g5.xlarge': 1 } });
    expect(enough?.outcome).toBe('ok');
    const [unknown] = await check(answers, { endpoints: { 'ml.g6.xlarge': 1 } });
    expect(unknown?.outcome).toBe('blocks');
  });

  it('asks nothing of AWS for what no stack needs', async () => {
    await expect(check({}, {})).resolves.toEqual([]);
  });
});

describe('what exists once per account', () => {
  const check = (answers: Record<string, unknown>) =>
    checkOncePerAccount(
      {
        guardDuty: answering(new GuardDutyClient({}), answers),
        iam: answering(new IAMClient({}), answers),
        costs: answering(new CostExplorerClient({}), answers),
      },
      needing({
        detector: true,
        anomalyMonitor: true,
        identityProviders: ['https://token.actions.githubusercontent.com'],
      }),
    );

  it('is fine in an empty account', async () => {
    expect((await check({})).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  it('blocks if AWS would refuse a second one, and names the setting that adopts it', async () => {
    const Arn = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
    const findings = await check({
      ListDetectorsCommand: { DetectorIds: ['abc'] },
      ListOpenIDConnectProvidersCommand: { OpenIDConnectProviderList: [{ Arn }] },
      GetAnomalyMonitorsCommand: {
        AnomalyMonitors: [{ MonitorDimension: 'SERVICE', MonitorArn: 'arn:monitor' }],
      },
    });
    expect(findings.map(({ outcome }) => outcome)).toEqual(['blocks', 'blocks', 'blocks']);
    expect(findings[0]?.text).toContain("{kind: 'existing'");
  });
});

describe('GPU types', () => {
  const check = (
    InstanceTypeOfferings: object[],
    reservations: Requirements['reservations'] = [],
  ) =>
    checkGpuZones(
      answering(new EC2Client({}), {
        DescribeInstanceTypeOfferingsCommand: { InstanceTypeOfferings },
      }),
      needing({
        gpuTypes: ['g5.xlarge', 'g6.xlarge'],
        zones: ['us-east-1a', 'us-east-1b'],
        reservations,
      }),
    );

  it('need one zone that offers one of them', async () => {
    const [finding] = await check([{ InstanceType: 'g5.xlarge', Location: 'us-east-1b' }]);
    expect(finding).toMatchObject({
      outcome: 'ok',
      text: 'g5.xlarge in us-east-1b; g6.xlarge in no zone',
    });
  });

  it('block an apply that reserves one in a zone that does not offer it', async () => {
    const reserved = [{ type: 'g5.xlarge', zone: 'us-east-1a' }];
    const offered = (Location: string) => ({ InstanceType: 'g5.xlarge', Location });
    const [, missing] = await check([offered('us-east-1b')], reserved);
    expect(missing).toMatchObject({
      outcome: 'blocks',
      text: expect.stringContaining('us-east-1a does not offer it, but us-east-1b does'),
    });
    const [, present] = await check([offered('us-east-1a')], reserved);
    expect(present?.outcome).toBe('ok');
  });

  it('are reported if no zone offers any', async () => {
    expect(await check([])).toMatchObject([{ outcome: 'later' }]);
  });
});

describe('the delegation of a domain', () => {
  const zone = { Id: 'Z1', Name: 'dev.clarity.example.' };
  const check = (zones: object[], delegated: readonly string[]) =>
    checkDelegation(
      answering(new Route53Client({}), {
        ListHostedZonesByNameCommand: { HostedZones: zones },
        GetHostedZoneCommand: { DelegationSet: { NameServers: ['ns-1.awsdns-01.org'] } },
      }),
      needing({ hostedZones: ['dev.clarity.example'] }),
      () => Promise.resolve(delegated),
    );

  it('is fine if the parent zone names our servers', async () => {
    expect(await check([zone], ['NS-1.awsdns-01.org.'])).toMatchObject([{ outcome: 'ok' }]);
  });

  it('is reported with the record that the parent zone lacks', async () => {
    const [finding] = await check([zone], ['ns1.elsewhere.example']);
    expect(finding).toMatchObject({
      outcome: 'later',
      text: expect.stringContaining('Add an NS record for dev.clarity.example'),
    });
  });

  it('cannot exist before the zone, which the first apply creates', async () => {
    const other = { Id: 'Z2', Name: 'devil.clarity.example.' };
    expect(await check([other], [])).toMatchObject([{ outcome: 'later' }]);
  });
});

describe('the service-linked role for Spot Instances', () => {
  const none = new NoSuchEntityException({ message: 'no such role', $metadata: {} });
  const check = (answer: unknown, spotGpu: number) =>
    checkSpotRole(answering(new IAMClient({}), { GetRoleCommand: answer }), needing({ spotGpu }));

  it('is reported with the command that creates it', async () => {
    const [missing] = await check(none, 64);
    expect(missing).toMatchObject({
      outcome: 'later',
      text: expect.stringContaining('--aws-service-name spot.amazonaws.com'),
    });
    expect(await check({}, 64)).toMatchObject([{ outcome: 'ok' }]);
  });

  it('is not looked for without Spot Instances', async () => {
    await expect(check(none, 0)).resolves.toEqual([]);
  });
});
