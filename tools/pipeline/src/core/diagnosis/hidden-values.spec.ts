import { withoutSecrets } from './hidden-values';

test.each([
  ['sign-in of ada.lovelace+test@clarity.example failed', 'sign-in of (hidden) failed'],
  ['{"password":"correct horse","user":"01J"}', '{"password":"(hidden)","user":"01J"}'],
  ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer (hidden)'],
  ['got eyJh.eyJz.c2ln', 'got (hidden)'],
  ['key AKIA0123456789ABCDEF', 'key (hidden)'],
  ['GET /raw?X-Amz-Signature=0123abcd&part=1', 'GET /raw?X-Amz-Signature=(hidden)&part=1'],
])('hides the secret in %s', (line, shown) => {
  expect(withoutSecrets(line)).toBe(shown);
});

test('keeps what explains a failure', () => {
  const line =
    'CURSOR_KEY must be at least 32 characters; user 8b1f2c3d-0000-4000-8000-000000000001, 10.40.0.7:8080';
  expect(withoutSecrets(line)).toBe(line);
});
