const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** @returns folders that hold a project.json, relative to the workspace root */
module.exports.projectFolders = (root) =>
  [
    'infra',
    ...['apps', 'libs', 'tools'].flatMap((group) =>
      readdirSync(join(root, group)).map((name) => `${group}/${name}`),
    ),
  ].filter((folder) => existsSync(join(root, folder, 'project.json')));
