import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { startGuard } from '@clarity/host';
import { startCloud, type Cloud } from '../src/cloud/start-cloud';
import { queryCaller, type CallQuery } from '../src/moto/aws-query';
import { findMoto, machineSearch } from '../src/moto/find-moto';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A cloud of a test's own, with clients for it. */
export interface RunningCloud {
  readonly cloud: Cloud;
  readonly folder: string;
  readonly imageStore: string;
  readonly clientSettings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  /** Calls a service whose SDK is not a dependency of ours. */
  readonly query: CallQuery;
  /** Those of the default VPC. */
  subnets(): Promise<readonly string[]>;
  page<T>(path: string): Promise<T>;
  stop(): Promise<void>;
}

/** @param speed of its clock: as fast as health checks go by default */
export async function runCloud(speed = 20): Promise<RunningCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  const imageStore = join(folder, 'images');
  const guard = startGuard();
  const cloud = await startCloud({
    moto: await findMoto(machineSearch(join(folder, 'moto'))),
    guard,
    port: 0,
    loadBalancerPort: 0,
    runtime: 'process',
    iam: 'enforce',
    reads: 'consistent',
    stateFolder: folder,
    imageStore,
    speed,
    onNote: () => {},
  });
  const clientSettings = {
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const query = queryCaller(cloud.endpoint);
  const ecs = new ECSClient(clientSettings);
  const elb = new ElasticLoadBalancingV2Client(clientSettings);
  return {
    cloud,
    folder,
    imageStore,
    clientSettings,
    ecs,
    elb,
    query,
    subnets: async () => {
      const ec2 = { service: 'ec2', region: 'us-east-1', version: '2016-11-15' };
      const described = await query(ec2, { Action: 'DescribeSubnets' });
      return [...described.matchAll(/<subnetId>([^<]+)/g)].flatMap(([, id]) => id ?? []);
    },
    page: async <T>(path: string) => (await (await fetch(cloud.endpoint + path)).json()) as T,
    stop: async () => {
      ecs.destroy();
      elb.destroy();
      await cloud.stop();
      await guard.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until the answer is as wanted; fails with the last answer after `timeoutMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`never came: ${JSON.stringify(answer, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
