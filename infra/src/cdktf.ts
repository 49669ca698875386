/** The only door to CDKTF, so that its successor replaces it in one file (docs/decisions). */
export {
  App,
  Aspects,
  Fn,
  LocalBackend,
  S3Backend,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  type IAspect,
  type ITerraformDependable,
  type S3BackendConfig,
  type TerraformElement,
  type TerraformResourceLifecycle,
} from 'cdktf';
