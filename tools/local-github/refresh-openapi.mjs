/**
 * Makes src/server/github-openapi.json: of GitHub's description of its REST API, the operations that the
 * server answers, without the texts for people.
 *
 *     npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
 *     node tools/local-github/refresh-openapi.mjs package/generated/api.github.com.json
 *     npx prettier --write tools/local-github/src/server/github-openapi.json
 */
import { readFile, writeFile } from 'node:fs/promises';
import { URL } from 'node:url';

const answered = [
  'repos/get',
  'users/get-authenticated',
  'rate-limit/get',
  'pulls/list',
  'pulls/get',
  'pulls/list-files',
  'repos/list-pull-requests-associated-with-commit',
  'issues/list-for-repo',
  'issues/create',
  'issues/get',
  'issues/update',
  'issues/list-comments',
  'issues/create-comment',
  'issues/get-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'issues/list-labels-for-repo',
  'issues/create-label',
  'issues/get-label',
  'issues/list-labels-on-issue',
  'issues/add-labels',
  'repos/list-deployments',
  'repos/create-deployment',
  'repos/get-deployment',
  'repos/list-deployment-statuses',
  'repos/create-deployment-status',
  'repos/get-environment',
  'repos/create-or-update-environment',
  'repos/list-deployment-branch-policies',
  'repos/create-deployment-branch-policy',
];

/** What only people read. `title` and `description` may be names of properties: those are maps. */
const forPeople = new Set([
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  'summary',
]);
const forMaps = new Set(['properties', '$defs']);

const [path] = process.argv.slice(2);
if (!path) throw new Error('Usage: node refresh-openapi.mjs <path of api.github.com.json>');
const description = JSON.parse(await readFile(path, 'utf8'));

const $defs = {};
const operations = [];
for (const [template, methods] of Object.entries(description.paths))
  for (const [method, operation] of Object.entries(methods))
    if (answered.includes(operation.operationId))
      operations.push(trimmed(template, method, operation));

const missing = answered.filter((id) => !operations.some((operation) => operation.id === id));
if (missing.length > 0) throw new Error(`GitHub describes no ${missing.join(', ')}.`);

const { version } = description.info;
const target = new URL('src/server/github-openapi.json', import.meta.url);
const text = JSON.stringify({ version, operations, $defs });
await writeFile(target, text);
console.log(`${operations.length} operations of ${version}, ${Math.round(text.length / 1024)} KiB`);

function trimmed(path, method, { operationId, parameters = [], requestBody, responses }) {
  const body = follow(requestBody);
  const schema = body?.content?.['application/json']?.schema;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map(follow).map(({ name, in: place, required = false, schema }) => ({
      name,
      in: place,
      required,
      schema: asJsonSchema(schema),
    })),
    ...(schema && { body: { required: body.required ?? false, schema: asJsonSchema(schema) } }),
    answers: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => {
        const schema = follow(response).content?.['application/json']?.schema;
        return [status, schema ? asJsonSchema(schema) : null];
      }),
    ),
  };
}

function follow(node) {
  if (!node?.$ref) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], description);
}

/** From the dialect of OpenAPI 3.0 to JSON Schema: `nullable` is a type of its own. */
function asJsonSchema(node, isMap = false) {
  if (Array.isArray(node)) return node.map((each) => asJsonSchema(each));
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string' && !isMap) {
    const name = node.$ref.split('/').at(-1);
    if (!(name in $defs)) {
      $defs[name] = true;
      $defs[name] = asJsonSchema(follow(node));
    }
    return { $ref: name };
  }
  const { nullable, ...rest } = isMap ? { ...node, nullable: undefined } : node;
  const schema = Object.fromEntries(
    Object.entries(isMap ? node : rest)
      .filter(([key]) => isMap || !(forPeople.has(key) || key.startsWith('x-')))
      .map(([key, value]) => [
        key,
        key === 'enum' || key === 'required' || key === 'default'
          ? value
          : asJsonSchema(value, !isMap && forMaps.has(key)),
      ]),
  );
  // GitHub answers '' if there is no address, and declares that as the default.
  if (schema.default === '') delete schema.format;
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}
