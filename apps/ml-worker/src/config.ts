import { DomainError, parser } from '@clarity/domain';
import Type, { type Static } from 'typebox';

const name = Type.String({ minLength: 1 });
/** Environment variables are text; the pattern says which text is a number. */
const port = Type.String({ pattern: '^[0-9]{1,5}$' });

/** Modes join this union as they are built; each has its own entry in main.ts. */
const mode = Type.Union([Type.Literal('queue')]);

const environmentSchema = Type.Object({
  PORT: Type.Optional(port),
  HOST: Type.Optional(name),
  CLARITY_ENV: Type.Optional(name),
  RELEASE: Type.Optional(name),
  LOG_LEVEL: Type.Optional(
    Type.Union([
      Type.Literal('trace'),
      Type.Literal('debug'),
      Type.Literal('info'),
      Type.Literal('warn'),
      Type.Literal('error'),
    ]),
  ),
  AWS_REGION: name,
  TABLE_NAME: name,
  DATA_BUCKET: name,
  MODEL_PREFIX: Type.String({ pattern: '^[A-Za-z0-9._/-]*[A-Za-z0-9._-]$' }),
  WORKER_MODE: mode,
  JOBS_QUEUE_URL: Type.String({ pattern: '^https?://' }),
  EXECUTION_PROVIDER: Type.Optional(Type.Union([Type.Literal('cpu'), Type.Literal('cuda')])),
  VISIBILITY_SECONDS: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{1,4}$' })),
});

const parseEnvironment = parser('environment', environmentSchema);

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly environment: string;
  readonly release: string;
  readonly logLevel: string;
  readonly region: string;
  readonly tableName: string;
  readonly dataBucket: string;
  readonly modelPrefix: string;
  readonly mode: Static<typeof mode>;
  readonly jobsQueueUrl: string;
  readonly executionProvider: 'cpu' | 'cuda';
  /** Of the queue; a job's visibility is extended to it again and again. */
  readonly visibilitySeconds: number;
}

/** What to say of a variable whose schema says it badly. */
const expectations: Readonly<Record<string, string>> = {
  WORKER_MODE: `has to be ${mode.anyOf.map((each) => each.const).join(' or ')}`,
};

/** @returns a line for each variable that {@link readConfig} refused; never a value of one */
export function describeConfigError(error: unknown): readonly string[] {
  if (!(error instanceof DomainError)) return [String(error)];
  const named = error.fields.map(({ pointer, detail }) => {
    const variable = pointer.slice(1);
    return `${variable} ${expectations[variable] ?? detail}`.trim();
  });
  return [...new Set(named)];
}

/** @throws DomainError `invalid-input` whose fields name the variables that are missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // An empty variable is how a task definition says "not set".
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = parseEnvironment(set);
  return {
    port: Number(env.PORT ?? 8080),
    host: env.HOST ?? '0.0.0.0',
    environment: env.CLARITY_ENV ?? 'local',
    release: env.RELEASE ?? 'unknown',
    logLevel: env.LOG_LEVEL ?? 'info',
    region: env.AWS_REGION,
    tableName: env.TABLE_NAME,
    dataBucket: env.DATA_BUCKET,
    modelPrefix: env.MODEL_PREFIX,
    mode: env.WORKER_MODE,
    jobsQueueUrl: env.JOBS_QUEUE_URL,
    executionProvider: env.EXECUTION_PROVIDER ?? 'cpu',
    visibilitySeconds: Number(env.VISIBILITY_SECONDS ?? 120),
  };
}
