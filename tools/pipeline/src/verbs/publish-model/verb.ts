import { asText, required } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const publishModel = defineVerb({
  name: 'publish-model',
  summary: 'upload an imported model bundle for the worker',
  options: {
    env: environment,
    bundle: required(
      '-b, --bundle <folder>',
      'folder with manifest.json, made by `model import`',
      asText,
    ),
  },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra'],
  run: async (start, { env, bundle }) =>
    (await import('./run')).publishModelBundle(await start.openTerraform(env), bundle),
});
