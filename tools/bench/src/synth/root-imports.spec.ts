import { withRootImports } from './root-imports';

test('submodules become namespaces of the package root', () => {
  const barrel = [
    "export { EcsService } from '@cdktf/provider-aws/lib/ecs-service';",
    "export { LbA as Lb } from '@cdktf/provider-aws/lib/lb';",
    "export { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';",
  ].join('\n');
  expect(withRootImports(barrel)).toBe(
    [
      "import { ecsService, lb, provider } from '@cdktf/provider-aws';",
      'export const EcsService = ecsService.EcsService;',
      'export const Lb = lb.LbA;',
      'export const AwsProvider = provider.AwsProvider;',
    ].join('\n'),
  );
});

test('an export of another form is an error: the comparison would not be of the same program', () => {
  expect(() => withRootImports("export * from '@cdktf/provider-aws';")).toThrow('known form');
});
