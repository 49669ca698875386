import { stripVTControlCharacters } from 'node:util';
import { isReady, prettyLine } from './log-lines';

const plain = (entry: object) => stripVTControlCharacters(prettyLine(JSON.stringify(entry)));
const start = { level: 'info', time: '2026-03-02T12:00:01.250Z', service: 'api' };

test('a request is one short line', () => {
  const entry = { ...start, method: 'GET', status: 200, ms: 3.2, message: 'request' };
  expect(plain(entry)).toBe('12:00:01.250 info  request method=GET status=200 ms=3.2');
});

test('an error shows its stack line by line', () => {
  const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n    at route.ts:3' };
  expect(plain({ ...start, level: 'error', err, message: 'failed' })).toBe(
    '12:00:01.250 error failed err={"type":"Error","message":"boom"}\nError: boom\n    at route.ts:3',
  );
});

test('what is not a line of the log stays as it is', () => {
  for (const line of ['', 'Debugger attached.', '{ not JSON', '[1]'])
    expect(prettyLine(line)).toBe(line);
});

test('readiness is recognised by the message alone', () => {
  expect(isReady(JSON.stringify({ ...start, message: 'ready' }))).toBe(true);
  expect(isReady(JSON.stringify({ ...start, message: 'not ready' }))).toBe(false);
  expect(isReady('ready')).toBe(false);
});
