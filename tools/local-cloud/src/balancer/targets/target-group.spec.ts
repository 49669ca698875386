import { matches } from './target-group';

it.each([
  ['200', 200, true],
  ['200', 204, false],
  ['200,204', 204, true],
  ['200-299', 250, true],
  ['200-299', 302, false],
  ['200-204,404', 404, true],
])('matcher %s and status %d: %s', (matcher, status, expected) => {
  expect(matches(matcher, status)).toBe(expected);
});
