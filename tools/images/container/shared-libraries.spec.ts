import { callHere } from './running';

test('the libraries of a program are those that the loader found, its own among them', () => {
  const output = `
	linux-vdso.so.1 (0x00007ffd5b5f0000)
	libcublas.so.12 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2e7c000000)
	/lib64/ld-linux-x86-64.so.2 (0x00007f2e7c400000)
`;
  expect(callHere('shared-libraries.mjs', 'parseLdd', output)).toEqual({
    paths: ['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'],
    missing: ['libcublas.so.12'],
  });
});

test('a program without libraries has none', () => {
  expect(callHere('shared-libraries.mjs', 'parseLdd', '\tstatically linked\n')).toEqual({
    paths: [],
    missing: [],
  });
});
