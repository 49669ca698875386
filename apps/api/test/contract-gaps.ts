import { Compile } from 'typebox/compile';
import {
  inlined,
  operations,
  type Contract,
  type Media,
  type Operation,
} from './contract-document';

/** What is missing in the contract: one sentence per gap, with the fix. */
export function contractGaps(document: Contract): readonly string[] {
  const all = operations(document);
  const ids = all.map(([, { operationId }]) => operationId);
  return all.flatMap(([name, operation]) =>
    [
      ...namingGaps(operation, document),
      ...(ids.filter((id) => id === operation.operationId).length > 1
        ? [`operationId "${operation.operationId}" is taken; choose another one`]
        : []),
      ...answerGaps(operation),
      ...accessGaps(name, operation),
      ...(name.endsWith('/result') ? [] : exampleGaps(operation, document)),
    ].map((gap) => `${name}: ${gap}.`),
  );
}

function namingGaps({ operationId = '', summary, tags = [] }: Operation, document: Contract) {
  const declared = document.tags.map(({ name }) => name);
  return [
    ...(/^[a-z][A-Za-z]+$/.test(operationId)
      ? []
      : ['give its schema an `operationId` in camel case']),
    ...(summary ? [] : ['give its schema a `summary`']),
    ...(tags.length === 1 ? [] : ['give its schema exactly one tag in `tags`']),
    ...tags
      .filter((tag) => !declared.includes(tag))
      .map((tag) => `declare the tag "${tag}" in src/openapi/describe-contract.ts, or use another`),
  ];
}

function answerGaps({ responses }: Operation): readonly string[] {
  const statuses = Object.keys(responses);
  return [
    ...(statuses.some((status) => /^2\d\d$/.test(status))
      ? []
      : ['describe its good answer: add a 2xx to `response`']),
    ...statuses
      .filter((status) => responses[status]?.description === 'Default Response')
      .map((status) => `give the schema of its ${status} answer a \`description\``),
  ];
}

/** The routes that anyone may call. */
const open = /^(GET \/(livez|readyz)|POST \/v1\/auth\/)/;

function accessGaps(name: string, { security, responses, parameters = [] }: Operation) {
  const isOpen = open.test(name);
  const asksForToken = JSON.stringify(security) === JSON.stringify([{ bearer: [] }]);
  const takesKey = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
  const needsKey = name.startsWith('POST') && !isOpen;
  return [
    ...(isOpen && security?.length !== 0
      ? ['register it outside the bearer scope, or it asks for a token']
      : []),
    ...(!isOpen && !(asksForToken && responses['401'])
      ? ['register it inside the bearer scope of src/app.ts, or anybody may call it']
      : []),
    ...(takesKey === needsKey
      ? []
      : [needsKey ? 'let it take an Idempotency-Key' : 'take its Idempotency-Key away']),
  ];
}

function exampleGaps({ requestBody, responses }: Operation, document: Contract): readonly string[] {
  const parts = [
    ['request body', requestBody] as const,
    ...Object.entries(responses).map(([status, answer]) => [`${status} answer`, answer] as const),
  ];
  return parts.flatMap(([what, part]) =>
    Object.entries(part?.content ?? {})
      .filter(([type]) => type.includes('json'))
      .flatMap(([, media]) => {
        const examples = examplesOf(media);
        if (examples.length === 0) return [`add \`examples\` to the schema of its ${what}`];
        const schema = Compile(inlined(media.schema, document) as never);
        return examples.flatMap((example) =>
          [...schema.Errors(example)].map(
            ({ instancePath, message }) =>
              `fix an example of its ${what}: ${instancePath || '/'} ${message}`,
          ),
        );
      }),
  );
}

function examplesOf({ example, examples = {} }: Media): unknown[] {
  return [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples).map(({ value }) => value),
  ];
}
