import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { projectFolders } from './tools/workspace/project-folders.cjs';

/** Which layers a layer may import (docs/decisions/0001-layout.md): imports point down only. */
const below = {
  'layer:base': [],
  'layer:core': ['layer:base'],
  'layer:aws': ['layer:base', 'layer:core'],
  'layer:app': ['layer:base', 'layer:core', 'layer:aws'],
  'layer:infra': ['layer:base'],
  'layer:tool': ['layer:base'],
  'layer:check': ['layer:base', 'layer:core', 'layer:aws'],
};
const root = import.meta.dirname;
const projects = projectFolders(root).map((folder) => {
  const { tags } = JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8'));
  return { folder, layer: tags.find((tag) => tag.startsWith('layer:')) };
});
/**
 * For each project the folders of ours that it must not import from. Programs that others start offer a
 * client folder, which tools and checks may import.
 */
const mayStartPrograms = ['layer:tool', 'layer:check'];
const importZones = projects.flatMap(({ folder, layer }) =>
  projects
    .filter((other) => other.folder !== folder && !below[layer]?.includes(other.layer))
    .map((other) => ({
      target: `./${folder}`,
      from: `./${other.folder}`,
      ...(mayStartPrograms.includes(layer) ? { except: ['./client'] } : {}),
      message: `${folder} (${layer}) may import ${below[layer]?.join(', ') || 'no other layer'}.`,
    })),
);

/** CDKTF is archived: these two barrels are the only door to it, so that one edit replaces it. */
const cdktfDoor = {
  regex: '^@?cdktf(/|$)',
  message: 'Import it through infra/src/cdktf.ts or infra/src/aws.ts.',
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/cdktf.out/**', '.nx/**', '.local/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.base.json' })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: importZones }],
      'import-x/no-self-import': 'error',
      'no-restricted-imports': ['error', { patterns: [cdktfDoor] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.ts'],
    // No rule reads JSDoc.
    languageOptions: { parserOptions: { projectService: true, jsDocParsingMode: 'none' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['infra/src/cdktf.ts', 'infra/src/aws.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.cjs', '**/*.mjs', 'apps/ml-worker/src/inference/encoder-thread.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['require', 'module', '__dirname', 'process', 'console'].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      // Configuration files use the shared preset by its path.
      'import-x/no-restricted-paths': 'off',
      'no-console': 'off',
    },
  },
  prettier,
);
