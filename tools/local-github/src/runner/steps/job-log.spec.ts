import { jobLog } from './job-log';

test('a secret is in no line after it was masked, whichever line of it', () => {
  const log = jobLog();
  log.print('::add-mask::first%0Asecond');
  log.print('a first b second c');
  expect(log.text()).toBe('a *** b *** c');
});

test('errors become annotations, masked as well', () => {
  const log = jobLog();
  log.mask('hunter2');
  log.print('::error file=a.ts::bad password hunter2%25');
  expect(log.annotations).toEqual([{ level: 'error', message: 'bad password ***%' }]);
});
