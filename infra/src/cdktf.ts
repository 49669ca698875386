/** Only this file imports CDKTF, so that only this file changes for its successor (docs/decisions). */
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
