import Type from 'typebox';
import { closed, count, percent } from './schema-terms';

const share = Type.Number({ minimum: 0, maximum: 100 });

/** Alert recipients, alarm thresholds and shares of traces. */
export const observability = closed({
  alerts: closed({
    /** Each address has to confirm its SNS subscription. */
    emails: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$' }), {
      uniqueItems: true,
    }),
    /**
     * Ids as shown by Slack. Not in the shipped environments: a person has to authorise the workspace once,
     * in the console of Amazon Q Developer in chat applications, or the apply fails.
     */
    slack: Type.Optional(
      closed({
        teamId: Type.String({ pattern: '^T[A-Z0-9]{6,}$' }),
        channelId: Type.String({ pattern: '^[CG][A-Z0-9]{6,}$' }),
      }),
    ),
  }),
  alarms: closed({
    /** Of the requests per minute; ignored if there are too few to be significant. */
    serverErrorPercent: Type.Number({ minimum: 0.1, maximum: 100 }),
    serverErrorsPerMinute: count(1, 1_000_000),
    p99Milliseconds: count(50, 60_000),
    /** Maximum age of the oldest message; at least ten if a GPU host may have to start. */
    oldestJobMinutes: count(1, 1440),
    errorLinesPerFiveMinutes: count(1, 1_000_000),
    saturationPercent: percent(100),
  }),
  traces: closed({
    /** Of all requests but health checks. */
    requestPercent: share,
    /** Of requests for an analysis, whose trace includes the worker. */
    analysisPercent: share,
  }),
});
