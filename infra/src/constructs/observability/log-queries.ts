import { Construct } from 'constructs';
import { CloudwatchQueryDefinition } from '../../aws';

export interface LogQueriesProps {
  /** The queries' folder in the console. */
  readonly folder: string;
  readonly apiLog: string;
  readonly workerLog: string;
}

/** Saved Logs Insights queries for the person on call. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, { folder, apiLog, workerLog }: LogQueriesProps) {
    super(scope, id);
    const query = (name: string, logGroupNames: string[], ...steps: string[]) =>
      new CloudwatchQueryDefinition(this, name, {
        name: `${folder}/${name}`,
        logGroupNames,
        queryString: steps.join('\n| '),
      });
    query(
      'errors',
      [apiLog, workerLog],
      'filter level in ["error", "fatal"]',
      'fields coalesce(reason, err.message) as why',
      'stats count(*) as times, max(@timestamp) as last, latest(why) as lately by service, message',
      'sort times desc',
      'limit 50',
    );
    query(
      'slow-routes',
      [apiLog],
      'filter message = "request"',
      'stats count(*) as requests, pct(ms, 50) as p50, pct(ms, 99) as p99, max(ms) as slowest by method, route',
      'sort p99 desc',
      'limit 25',
    );
    query(
      'failed-requests',
      [apiLog],
      'filter message = "request" and status >= 500',
      'stats count(*) as times by bin(5m), route, status',
      'sort times desc',
      'limit 100',
    );
    query(
      'failed-jobs',
      [workerLog],
      'filter ispresent(messageId) and level in ["warn", "error", "fatal"]',
      'fields @timestamp, message, reason, analysisId, deliveries',
      'sort @timestamp desc',
      'limit 100',
    );
  }
}
