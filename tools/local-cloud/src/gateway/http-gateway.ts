import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@clarity/host';
import { pagePaths } from '../contract';
import { taskCredentialsPath, type TaskCredentials } from '../credentials/task-credentials';
import { changesAlarms } from '../alarms/alarm-states';
import type { Alarms } from '../alarms/start-alarms';
import type { EmbeddedEcs } from '../ecs/embedded-ecs';
import type { TraceCollector } from '../traces/trace-collector';
import { errorAnswer, type AwsError } from './faults/error-response';
import type { FaultList } from './faults/fault';
import { answerFaults } from './pages/fault-pages';
import { forwardToMoto } from './http/forward-to-moto';
import { identifyRequest, operationOf } from './http/identify-request';
import { keepListening } from './http/listening';
import { mayBeOurs, ownAnswer } from './answers/own-answers';
import { readBody } from './http/read-body';
import { statusPage, type StatusSources } from './pages/status-pages';
import {
  checkPermissions,
  forgetChanged,
  type PermissionCheck,
} from './permissions/check-permissions';
import { needsBody } from '../iam/request/read-call';

/** The AWS endpoint. */
export interface Gateway {
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface GatewayOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly motoPort: number;
  readonly ecs: EmbeddedEcs;
  readonly alarms: Pick<Alarms, 'setupChanged'>;
  readonly credentials: TaskCredentials;
  readonly collector: TraceCollector;
  readonly faults: FaultList;
  readonly permissions: PermissionCheck;
  readonly status: StatusSources;
  readonly onNote: (line: string) => void;
}

/** moto's own page that empties the account; ours goes with it. */
const motoResetPath = '/moto-api/reset';

/** Answers what is ours (own-answers, and the /_local pages); all else is moto's. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    port,
    motoPort,
    ecs,
    alarms,
    credentials,
    collector,
    faults,
    permissions,
    status,
    onNote,
  } = options;
  const goDown = (ms: number) => {
    onNote(`AWS endpoint down for ${ms} ms (injected fault)`);
    listening.goDown(ms).then(
      () => onNote('AWS endpoint up again'),
      (error: unknown) => onNote(`AWS endpoint stays down: ${String(error)}`),
    );
  };
  const answerLocal = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = (incoming.url ?? '').replace(/\?.*$/, '');
    if (path.startsWith(taskCredentialsPath)) {
      const answer = await credentials.answer(path, incoming.headers.authorization);
      return answerJson(outgoing, answer.status, answer.page);
    }
    if (path.startsWith(pagePaths.collector)) {
      const body = (await readBody(incoming)).toString();
      const answer = await collector.receive(path.slice(pagePaths.collector.length), body);
      return answerJson(outgoing, answer.status, answer.page);
    }
    if (path !== pagePaths.faults) {
      const page = statusPage(path, ecs, status);
      return answerJson(
        outgoing,
        page === undefined ? 404 : 200,
        page ?? { message: 'no such page' },
      );
    }
    const answer = await answerFaults(incoming, { faults, goDown });
    if (answer.afterwards) outgoing.once('finish', answer.afterwards);
    answerJson(outgoing, answer.status, answer.page);
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (incoming.url?.startsWith('/_local/')) return answerLocal(incoming, outgoing);
    if (faults.latencyMs > 0) await sleep(faults.latencyMs);
    if (incoming.url === motoResetPath) {
      await ecs.reset();
      outgoing.once('prefinish', () => permissions.directory.forget());
      outgoing.once('prefinish', alarms.setupChanged);
      return forwardToMoto(incoming, outgoing, motoPort);
    }
    const identity = identifyRequest(incoming);
    const { method = 'GET', url = '/', headers } = incoming;
    const streamed =
      !faults.concerns(identity.service) && !needsBody(identity.service, { method, url });
    const body = streamed ? undefined : await readBody(incoming);
    const operation = operationOf(identity, incoming, body ?? Buffer.alloc(0));
    const request = { method, url, headers, body: body ?? Buffer.alloc(0) };
    const error =
      injectedError(faults, identity.service, operation) ??
      (await checkPermissions(permissions, identity, operation, request));
    if (error) {
      const answer = errorAnswer(error, headers);
      outgoing.writeHead(answer.status, answer.headers);
      return void outgoing.end(answer.body);
    }
    outgoing.once('prefinish', () => forgetChanged(permissions, identity, operation, request));
    if (changesAlarms(identity.service, operation)) outgoing.once('prefinish', alarms.setupChanged);
    if (!body) return forwardToMoto(incoming, outgoing, motoPort);
    const answer = mayBeOurs(identity, incoming.method)
      ? await ownAnswer(identity, body, ecs)
      : undefined;
    if (!answer) {
      if (identity.service === 'elasticloadbalancing' && !operation?.startsWith('Describe'))
        outgoing.once('prefinish', () => ecs.loadBalancers.setupChanged());
      return forwardToMoto(incoming, outgoing, motoPort, body);
    }
    outgoing.writeHead(answer.status, { 'content-type': answer.contentType });
    outgoing.end(answer.text);
  };

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  // SDK clients keep connections for long; uploads may be slower than Node's default patience.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 0;
  const listening = await keepListening(server, port, systemClock);
  return { endpoint: `http://127.0.0.1:${listening.port}`, close: () => listening.close() };
}

function injectedError(
  faults: FaultList,
  service: string | undefined,
  operation: string | undefined,
): AwsError | undefined {
  const fault = faults.concerns(service) ? faults.take(service, operation) : undefined;
  return fault && { ...fault, message: `local-cloud: ${fault.code}, as /_local/faults asked for` };
}

function answerJson(outgoing: ServerResponse, status: number, page: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(`${JSON.stringify(page, null, 2)}\n`);
}
