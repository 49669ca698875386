import { buildCommandOf } from './docker';

test.each([
  ['Docker version 20.10.24+dfsg1, build 5d6db84', false, ['build']],
  ['Docker version 20.10.24+dfsg1, build 5d6db84', true, ['buildx', 'build', '--load']],
  ['Docker version 28.2.2, build e6534b4', true, ['buildx', 'build', '--load']],
  ['Docker version 28.2.2, build e6534b4', false, undefined],
  ['podman', false, undefined],
])('%s with Buildx %s builds by %j', (version, hasBuildx, command) => {
  expect(buildCommandOf(version, hasBuildx)).toEqual(command);
});
