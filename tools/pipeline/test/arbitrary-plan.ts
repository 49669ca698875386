import fc from 'fast-check';
import type { PlanJson, PlannedResource } from '../src/core/terraform/plan-json';

/** Values of a plan that could break a comment: fences, HTML, mentions, changes of text direction. */
const hostile = [
  '```',
  '````````',
  '\n```\n',
  '</details>',
  '<details>',
  '<!-- clarity-plan:dev -->',
  '-->',
  '@octocat',
  '|',
  '\u202e',
  '\ud800',
  '🩺',
  '\r\n# heading',
  '"',
  '\\',
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

/** Marks every secret of a plan, so that a test can look for it. */
export const secretWord = 'S3cr3tV4lue';
const secret = fc.integer().map((number) => `${secretWord}"${number}`);

const scalar = fc.oneof(hostileText, fc.integer(), fc.boolean(), fc.constant(null));
const { value: anyValue } = fc.letrec((again) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(again('value'), { maxLength: 3 }),
    fc.dictionary(hostileText, again('value'), { maxKeys: 3 }),
    again('value').map((value) => JSON.stringify(value)),
  ),
}));

/** Attributes with a secret that Terraform marks, one that is only known to be one, and copies that are not marked. */
const attributes = fc
  .record({
    plain: fc.dictionary(hostileText, anyValue, { maxKeys: 4 }),
    marked: secret,
    known: secret,
  })
  .map(({ plain, marked, known }) => ({
    plain,
    marked,
    nested: [{ deep: marked, list: [marked] }],
    origin: [{ custom_header: [{ name: 'key', value: known }] }],
    environment: JSON.stringify([{ name: 'URL', value: `https://${marked}@host/${known}` }]),
  }));
const marks = { marked: true, nested: [{ deep: true, list: true }] };

const actions = fc.constantFrom<PlannedResource['change']['actions']>(
  ['create'],
  ['update'],
  ['delete'],
  ['delete', 'create'],
  ['forget'],
  ['no-op'],
);

const resource = fc
  .record({
    name: hostileText,
    type: fc.constant('aws_cloudfront_distribution'),
    actions,
    before: attributes,
    after: attributes,
    unknown: fc.constantFrom({}, { plain: true }, { nested: true }, { marked: true, id: true }),
    isMoved: fc.boolean(),
    isImported: fc.boolean(),
  })
  .map(({ name, type, before, after, unknown, isMoved, isImported, ...rest }): PlannedResource => {
    const isNew = rest.actions.join() === 'create';
    const isGone = !rest.actions.some((action) => ['create', 'update', 'no-op'].includes(action));
    return {
      address: `${type}.it["${name}"]`,
      type,
      mode: 'managed',
      ...(isMoved ? { previous_address: `${type}.was["${name}"]` } : {}),
      change: {
        actions: rest.actions,
        before: isNew ? null : before,
        after: isGone ? null : after,
        after_unknown: isGone ? {} : unknown,
        before_sensitive: isNew ? false : marks,
        after_sensitive: isGone ? false : marks,
        ...(isImported ? { importing: { id: name } } : {}),
      },
    };
  });

export const anyPlan: fc.Arbitrary<PlanJson> = fc
  .record({ resources: fc.array(resource, { maxLength: 12 }), output: secret })
  .map(({ resources, output }) => ({
    resource_changes: resources,
    output_changes: {
      url: { actions: ['create'], before: null, after: output, after_sensitive: true },
    },
  }));
