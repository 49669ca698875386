import { buildArguments } from './build-arguments';

const build = {
  app: 'api',
  commit: 'c'.repeat(40),
  committedAt: 1_700_000_000,
  reference: `registry.example/clarity-api:${'c'.repeat(40)}`,
  metadataFile: 'dist/api.json',
  cudaSha256: 'a'.repeat(64),
} as const;

test('uses the time of the commit as the time of the build', () => {
  expect(buildArguments(build)).toEqual(
    expect.arrayContaining([
      '--build-arg=SOURCE_DATE_EPOCH=1700000000',
      expect.stringContaining('rewrite-timestamp=true'),
    ]),
  );
});

test('pushes a bill of materials and provenance with the image', () => {
  expect(buildArguments(build)).toEqual(
    expect.arrayContaining(['--sbom=true', '--provenance=mode=max']),
  );
});

test('the worker is built for GPUs', () => {
  expect(buildArguments({ ...build, app: 'ml-worker' })).toEqual(
    expect.arrayContaining([
      '--build-arg=VARIANT=cuda',
      `--build-arg=ONNXRUNTIME_CUDA_SHA256=${'a'.repeat(64)}`,
    ]),
  );
  expect(buildArguments(build).join(' ')).not.toContain('VARIANT');
});

test('keeps layers only if a place is given, in the form that ECR accepts', () => {
  const layers = 'registry.example/clarity-build-cache:api';
  expect(buildArguments({ ...build, layers })).toEqual(
    expect.arrayContaining([
      `--cache-from=type=registry,ref=${layers}`,
      `--cache-to=type=registry,ref=${layers},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`,
    ]),
  );
  expect(buildArguments(build).join(' ')).not.toContain('cache');
});
