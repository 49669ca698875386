import {
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { DescribeAddressesCommand, DescribeVpcsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Finding } from '../finding';
import type { Requirements } from '../requirements';

interface Clients {
  readonly quotas: ServiceQuotasClient;
  readonly ec2: EC2Client;
}

interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
}

/** Codes from the Service Quotas console. */
const vpcs: Quota = { service: 'vpc', code: 'L-F678F1CE', name: 'VPCs per Region' };
const elasticIps: Quota = {
  service: 'ec2',
  code: 'L-0263D0A3',
  name: 'EC2-VPC Elastic IPs',
};
const onDemandGpu: Quota = {
  service: 'ec2',
  code: 'L-DB2E81BA',
  name: 'Running On-Demand G and VT instances',
};
const spotGpu: Quota = {
  service: 'ec2',
  code: 'L-3819A6DF',
  name: 'All G and VT Spot Instance Requests',
};

/** New accounts have no quota for GPU instances and for endpoints on them. */
export async function checkQuotas(
  { quotas, ec2 }: Clients,
  needs: Requirements,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const compare = async (
    quota: Quota,
    needed: { readonly atApply: number; readonly atMost?: number },
    used = 0,
  ) => {
    const { atApply, atMost = atApply } = needed;
    if (atMost === 0) return;
    const value = await quotaOf(quotas, quota);
    findings.push(judge(quota, { atApply: atApply + used, atMost: atMost + used }, value));
  };
  if (needs.vpcs > 0) {
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
    await compare(vpcs, { atApply: needs.vpcs }, Vpcs.length);
  }
  if (needs.elasticIps > 0) {
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
    await compare(elasticIps, { atApply: needs.elasticIps }, Addresses.length);
  }
  await compare(onDemandGpu, needs.onDemandGpu);
  await compare(spotGpu, { atApply: 0, atMost: needs.spotGpu });
  for (const [type, instances] of Object.entries(needs.endpoints)) {
    const found = await endpointQuota(quotas, type);
    // An update of an endpoint starts its new instances before it stops the old ones.
    const needed = { atApply: instances, atMost: 2 * instances };
    findings.push(judge(found.quota, needed, found.value));
  }
  return findings;
}

function judge(
  { service, code, name }: Quota,
  { atApply, atMost }: { readonly atApply: number; readonly atMost: number },
  value: number,
): Finding {
  if (value >= atMost) return { subject: name, outcome: 'ok', text: `${value}, ${atMost} needed` };
  const ask = `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${atMost}`;
  return {
    subject: name,
    outcome: value < atApply ? 'blocks' : 'later',
    text: `${value}, but ${atMost} are needed. Run: ${ask}`,
  };
}

async function quotaOf(client: ServiceQuotasClient, { service, code }: Quota): Promise<number> {
  const { Quota: quota } = await client.send(
    new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }),
  );
  return quota?.Value ?? 0;
}

/** SageMaker has one quota per instance type, with a code that only its list has. */
async function endpointQuota(
  client: ServiceQuotasClient,
  type: string,
): Promise<{ quota: Quota; value: number }> {
  const name = `${type} for endpoint usage`;
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListServiceQuotasCommand({ ServiceCode: 'sagemaker', NextToken: token, MaxResults: 100 }),
    );
    const found = page.Quotas?.find(({ QuotaName }) => QuotaName === name);
    if (found)
      return {
        quota: { service: 'sagemaker', code: found.QuotaCode ?? '', name },
        value: found.Value ?? 0,
      };
    token = page.NextToken;
  } while (token !== undefined);
  return { quota: { service: 'sagemaker', code: '<code>', name }, value: 0 };
}
