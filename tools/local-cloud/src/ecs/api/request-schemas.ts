import { parser, ValidationError } from '@clarity/schema';
import Type, { type Static, type TSchema } from 'typebox';
import { invalidParameter } from '../protocol/ecs-error';

/**
 * The fields of requests that we act on; the others are echoed, so they stay as they are. ECS
 * treats null and absent alike, and so do callers: nulls are dropped before.
 */
const text = Type.String({ minLength: 1 });
const count = Type.Integer({ minimum: 0 });
const percent = Type.Optional(Type.Integer({ minimum: 0 }));
const tags = Type.Optional(
  Type.Array(Type.Object({ key: text, value: Type.Optional(Type.String()) })),
);
const strings = Type.Optional(Type.Array(text));
const cluster = Type.Optional(text);

const strategy = Type.Optional(
  Type.Array(
    Type.Object({
      capacityProvider: text,
      base: Type.Optional(count),
      weight: Type.Optional(count),
    }),
  ),
);
const onAndRollback = { enable: Type.Boolean(), rollback: Type.Boolean() };
const deploymentConfiguration = Type.Optional(
  Type.Object({
    minimumHealthyPercent: percent,
    maximumPercent: percent,
    deploymentCircuitBreaker: Type.Optional(
      Type.Object({
        ...onAndRollback,
        resetOnHealthyTask: Type.Optional(Type.Boolean()),
        thresholdConfiguration: Type.Optional(
          Type.Object({
            type: Type.Union([
              Type.Literal('BOUNDED_PERCENT'),
              Type.Literal('UNBOUNDED_PERCENT'),
              Type.Literal('COUNT'),
            ]),
            value: Type.Integer({ minimum: 1 }),
          }),
        ),
      }),
    ),
    alarms: Type.Optional(Type.Object({ ...onAndRollback, alarmNames: Type.Array(text) })),
  }),
);
const loadBalancers = Type.Optional(
  Type.Array(
    Type.Object({
      targetGroupArn: Type.Optional(text),
      containerName: Type.Optional(text),
      containerPort: Type.Optional(count),
    }),
  ),
);

const serviceFields = {
  cluster,
  desiredCount: Type.Optional(count),
  taskDefinition: Type.Optional(text),
  capacityProviderStrategy: strategy,
  deploymentConfiguration,
  loadBalancers,
  healthCheckGracePeriodSeconds: Type.Optional(count),
};

export const schemas = {
  createService: Type.Object({ serviceName: text, tags, ...serviceFields }),
  updateService: Type.Object({
    service: text,
    forceNewDeployment: Type.Optional(Type.Boolean()),
    ...serviceFields,
  }),
  deleteService: Type.Object({ cluster, service: text, force: Type.Optional(Type.Boolean()) }),
  describeServices: Type.Object({ cluster, services: Type.Array(text), include: strings }),
  listServices: Type.Object({ cluster }),
  listServiceDeployments: Type.Object({
    cluster,
    service: text,
    status: strings,
    createdAt: Type.Optional(
      Type.Object({ before: Type.Optional(Type.Number()), after: Type.Optional(Type.Number()) }),
    ),
  }),
  stopServiceDeployment: Type.Object({
    serviceDeploymentArn: text,
    stopType: Type.Optional(text),
  }),
  describeServiceDeployments: Type.Object({ serviceDeploymentArns: Type.Array(text) }),
  describeServiceRevisions: Type.Object({ serviceRevisionArns: Type.Array(text) }),
  runTask: Type.Object({
    cluster,
    taskDefinition: text,
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    tags,
    capacityProviderStrategy: strategy,
  }),
  stopTask: Type.Object({ cluster, task: text, reason: Type.Optional(Type.String()) }),
  listTasks: Type.Object({
    cluster,
    serviceName: Type.Optional(text),
    family: Type.Optional(text),
    containerInstance: Type.Optional(text),
    startedBy: Type.Optional(text),
    desiredStatus: Type.Optional(Type.String()),
    launchType: Type.Optional(Type.String()),
  }),
  describeTasks: Type.Object({ cluster, tasks: Type.Array(text), include: strings }),
  listTags: Type.Object({ resourceArn: text }),
  tagResource: Type.Object({ resourceArn: text, tags }),
  untagResource: Type.Object({ resourceArn: text, tagKeys: strings }),
} as const;

/**
 * Parses a request's body and keeps the fields that no schema names.
 * @throws EcsError InvalidParameterException
 */
export function requestParser<T extends TSchema, Input extends object>(
  schema: T,
): (body: unknown) => Static<T> & Input {
  const parse = parser('request', schema);
  return (body) => {
    try {
      return parse(body) as Static<T> & Input;
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      const places = (error.fields ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
      throw invalidParameter([error.message, ...places].join(' '));
    }
  };
}

/** The body without the fields that are null, at any depth: AWS takes those for absent. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}
