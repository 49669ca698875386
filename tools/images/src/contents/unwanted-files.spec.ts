import { unwantedFiles } from './unwanted-files';

test.each([
  'bin/sh',
  'usr/bin/apt-get',
  'usr/local/bin/npm',
  'usr/local/lib/node_modules/npm/index.js',
  'etc/ssl/certs/ca-certificates.crt',
  'app/main.js.map',
  'run/secrets/ca',
])('%s does not belong into an image', (path) => {
  expect(unwantedFiles(['app/main.js', path])).toEqual([path]);
});

test.each(['usr/local/bin/node', 'app/main.js', 'app/swagger-ui/index.css', 'etc/passwd', 'tmp/'])(
  '%s does',
  (path) => {
    expect(unwantedFiles([path])).toEqual([]);
  },
);
