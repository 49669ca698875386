import { SNSClient } from '@aws-sdk/client-sns';
import { anAnalysis } from '@clarity/domain/testing';
import type { AnalysisRequested } from '@clarity/domain';
import { inSpan } from '@clarity/telemetry';
import { recordSpans } from '@clarity/telemetry/testing';
import { withScriptedAws } from '../test/scripted-aws';
import { snsMessageBus } from './sns-message-bus';

const { id, userId, input, model, requestedAt } = anAnalysis();
const event: AnalysisRequested = {
  schema: 1,
  type: 'analysis.requested',
  analysisId: id,
  userId,
  input,
  model,
  requestedAt,
};

/** @returns the message that `publish` sends to the topic */
async function sentBy(publish: (bus: ReturnType<typeof snsMessageBus>) => Promise<void>) {
  let sent = '';
  const answer = (body: string) => {
    sent = body;
    return { status: 200, body: '<PublishResponse><PublishResult/></PublishResponse>' };
  };
  await withScriptedAws([answer], (endpoint) =>
    publish(snsMessageBus(new SNSClient({ region: 'us-east-1', endpoint }), 'arn:topic')),
  );
  return JSON.parse(new URLSearchParams(sent).get('Message') ?? '') as AnalysisRequested;
}

it('an event carries the trace in which it is published', async () => {
  const recorded = recordSpans();
  const sent = await sentBy((bus) => inSpan('request', {}, () => bus.publish(event)));
  recorded.stop();
  const [producer, request] = recorded.spans();
  expect(producer?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  const { traceId = '', spanId = '' } = producer?.spanContext() ?? {};
  expect(sent).toEqual({ ...event, trace: `00-${traceId}-${spanId}-01` });
});

it('without a trace it stays as it is', async () => {
  expect(await sentBy((bus) => bus.publish(event))).toEqual(event);
});
