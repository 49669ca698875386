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

test('between stop-commands and its token nothing is a command', () => {
  const log = jobLog();
  for (const line of ['::stop-commands::x1', '::error::quoted', '::x1::', '::error::real'])
    log.print(line);
  expect(log.annotations.map(({ message }) => message)).toEqual(['real']);
});

test('debug lines are not shown, and the old form of a command is one too', () => {
  const log = jobLog();
  log.print('::debug::details');
  log.print('##[error]broken');
  expect(log.text()).toBe('##[error]broken');
  expect(log.annotations).toEqual([{ level: 'error', message: 'broken' }]);
});

test('a command that this runner does not support is reported', () => {
  const log = jobLog();
  log.print('::set-output name=a::b');
  expect(log.unsupportedCommand()).toBe('set-output');
});
