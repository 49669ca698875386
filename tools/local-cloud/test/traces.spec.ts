import {
  CreateClusterCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { readTrace } from '../client/read-trace';
import type { PermissionsPage } from '../src/contract';
import { registerInstance } from './container-instance';
import { writeImage } from './process-image';
import { taskRole } from './task-role';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

let running: RunningCloud;
beforeAll(async () => {
  running = await runCloud();
  await running.ecs.send(new CreateClusterCommand({ clusterName: 'traced' }));
  await registerInstance(running, 'traced');
});
afterAll(() => running.stop());

const newTraceId = (last: string) =>
  `${Math.floor(Date.now() / 1_000).toString(16)}${'0'.repeat(23)}${last}`;
const xrayId = (traceId: string) => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

function spansOf(traceId: string): string {
  const times = {
    startTimeUnixNano: '1795867200000000000',
    endTimeUnixNano: '1795867201000000000',
  };
  const span = { traceId, spanId: '00f067aa0ba902b7', name: 'work', kind: 2, ...times };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

const traced = (traceId: string) => readTrace(running.cloud.endpoint, xrayId(traceId));

/** Runs a task that sends one span to its collector. */
async function runTracing(name: string, allowed: string, traceId: string): Promise<void> {
  const taskRoleArn = await taskRole(running, name, [allowed]);
  const program = `fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', { method: 'POST', body: ${JSON.stringify(spansOf(traceId))} }).then(({ status }) => console.log('sent', status)); setTimeout(() => {}, 60_000);`;
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      taskRoleArn,
      containerDefinitions: [
        {
          name: 'app',
          image: writeImage(running.imageStore, name, program),
          memory: 64,
          environment: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://127.0.0.1:4318' }],
        },
      ],
    }),
  );
  await running.ecs.send(
    new RunTaskCommand({
      cluster: 'traced',
      taskDefinition: taskDefinition?.taskDefinitionArn ?? '',
    }),
  );
}

it("sends the traces of a task to X-Ray with the task's permissions", async () => {
  const traceId = newTraceId('1');
  await runTracing('tracing', 'xray:PutTraceSegments', traceId);
  const segments = await eventually(
    () => traced(traceId),
    ({ length }) => length > 0,
  );
  expect(segments).toMatchObject([
    { id: '00f067aa0ba902b7', trace_id: xrayId(traceId), name: 'work' },
  ]);
  const { statements } = await running.page<PermissionsPage>('/_local/permissions');
  const [statement] = statements.filter(({ role }) => role.endsWith('/tracing'));
  expect(statement?.actions).toEqual([{ action: 'xray:PutTraceSegments', exercised: 1 }]);
});

it('loses the traces of a task that may not send them', async () => {
  const traceId = newTraceId('2');
  await runTracing('forbidden', 'xray:GetSamplingRules', traceId);
  const { denied } = await eventually(
    () => running.page<PermissionsPage>('/_local/permissions'),
    (page) => page.denied.length > 0,
  );
  expect(denied).toMatchObject([{ action: 'xray:PutTraceSegments' }]);
  expect(await traced(traceId)).toEqual([]);
});

it('takes the traces of what is not a task, and only OTLP in JSON', async () => {
  const traceId = newTraceId('3');
  const send = (path: string, body: string) =>
    fetch(`${running.cloud.endpoint}/_local/collector/${path}`, { method: 'POST', body });
  expect((await send('v1/traces', spansOf(traceId))).status).toBe(200);
  expect(await traced(traceId)).toHaveLength(1);
  expect((await send('v1/traces', '\u0001\u0002')).status).toBe(400);
  expect((await send('v1/logs', '{}')).status).toBe(404);
});
