import { EcsError } from '../../ecs/protocol/ecs-error';
import { answerEcs } from '../../ecs/api/ecs-handler';
import { encodeError, encodeJson } from '../../ecs/protocol/json-protocol';
import type { EmbeddedEcs } from '../../ecs/embedded-ecs';
import { AwsServiceError } from '../../moto/aws-json';
import type { RequestIdentity } from '../http/identify-request';
import { checkScalableService } from './scalable-service';
import { describeTargetHealth } from './target-health';
import { refuseRule } from './unsupported-rules';

/** An answer that is given here, not by moto. */
export interface OwnAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Services some of whose actions are ours; their bodies are small and can be read whole. */
const partlyOurs: ReadonlySet<string | undefined> = new Set([
  'application-autoscaling',
  'ecs',
  'elasticloadbalancing',
]);

export const mayBeOurs = ({ service }: RequestIdentity, method: string | undefined): boolean =>
  method === 'POST' && partlyOurs.has(service);

/** Answers what only we know: ECS services and tasks, and what follows from them elsewhere. */
export async function ownAnswer(
  { service, region, action }: RequestIdentity,
  body: Buffer,
  ecs: EmbeddedEcs,
): Promise<OwnAnswer | undefined> {
  if (service === 'elasticloadbalancing') {
    const query = new URLSearchParams(body.toString());
    const refusal = refuseRule(query);
    if (refusal !== undefined) return { status: 400, contentType: 'text/xml', text: refusal };
    const text = describeTargetHealth(query, ecs.taskDeps.targets);
    return text === undefined ? undefined : { status: 200, contentType: 'text/xml', text };
  }
  if (action === undefined) return undefined;
  try {
    const input = parseBody(body);
    if (service === 'application-autoscaling') {
      if (action === 'RegisterScalableTarget') checkScalableService(input, region, ecs.services);
      return undefined;
    }
    const output = await answerEcs(ecs, action, input, region);
    return output && json(200, encodeJson(output));
  } catch (error) {
    if (error instanceof EcsError || error instanceof AwsServiceError)
      return json(400, encodeError(error.code, error.message));
    const message = error instanceof Error ? error.message : String(error);
    return json(500, encodeError('ServerException', message));
  }
}

const json = (status: number, text: string): OwnAnswer => ({
  status,
  contentType: 'application/x-amz-json-1.1',
  text,
});

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new EcsError('SerializationException', 'The request body is not JSON.');
  }
}
