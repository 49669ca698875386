import Type from 'typebox';
import { closed, count, percent } from './schema-terms';

const share = Type.Number({ minimum: 0, maximum: 100 });

/** Who is told, when, and how many requests are traced. */
export const observability = closed({
  alerts: closed({
    /** Each has to confirm the message that SNS sends it. */
    emails: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$' }), {
      uniqueItems: true,
    }),
    /** Ids as Slack shows them; the workspace has to be authorised once in the console. */
    slack: Type.Optional(
      closed({
        teamId: Type.String({ pattern: '^T[A-Z0-9]{6,}$' }),
        channelId: Type.String({ pattern: '^[CG][A-Z0-9]{6,}$' }),
      }),
    ),
  }),
  alarms: closed({
    /** Of the requests of a minute, and only where there were enough of them to mean something. */
    serverErrorPercent: Type.Number({ minimum: 0.1, maximum: 100 }),
    serverErrorsPerMinute: count(1, 1_000_000),
    p99Milliseconds: count(50, 60_000),
    /** How long the oldest message may wait; with a GPU host to start, at least ten minutes. */
    oldestJobMinutes: count(1, 1440),
    errorLinesPerFiveMinutes: count(1, 1_000_000),
    saturationPercent: percent(100),
  }),
  traces: closed({
    /** Of all requests; the first one each second is always traced. */
    requestPercent: share,
    /** Of requests for an analysis, whose trace goes through the worker. */
    analysisPercent: share,
  }),
});
