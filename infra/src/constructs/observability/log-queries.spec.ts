import { all, synthesise } from '../../../test/synthesise';
import { LogQueries } from './log-queries';

const stack = synthesise((scope) => {
  new LogQueries(scope, 'queries', {
    folder: 'clarity-test',
    apiLog: '/clarity/test/api',
    workerLog: '/clarity/test/ml-worker',
  });
});
const queries = Object.values(all(stack, 'aws_cloudwatch_query_definition'));
const query = (name: string) => queries.find((each) => each['name'] === `clarity-test/${name}`);

describe('LogQueries', () => {
  it('are in a folder of their environment', () => {
    expect(queries.map((each) => each['name'])).toEqual([
      'clarity-test/errors',
      'clarity-test/failed-jobs',
      'clarity-test/failed-requests',
      'clarity-test/slow-routes',
    ]);
  });

  it('search the right log groups', () => {
    expect(query('errors')?.['log_group_names']).toEqual([
      '/clarity/test/api',
      '/clarity/test/ml-worker',
    ]);
    expect(query('slow-routes')?.['log_group_names']).toEqual(['/clarity/test/api']);
    expect(query('failed-jobs')?.['log_group_names']).toEqual(['/clarity/test/ml-worker']);
  });

  it('count errors as the alarm does that refers to them', () => {
    expect(query('errors')?.['query_string']).toContain('level in ["error", "fatal"]');
  });

  it('each have a limit', () => {
    for (const { query_string: text } of queries) expect(text).toMatch(/\| limit \d+$/);
  });
});
