import { jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';

/** The next `times` calls of a service are answered with an error. */
const awsFault = Type.Object(
  {
    /** As requests are signed for it, e.g. `ecs`, `dynamodb`, `monitoring` (CloudWatch). */
    service: Type.String({ minLength: 1 }),
    /** Every operation where it is left out. */
    operations: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ minLength: 1 }),
    times: Type.Integer({ minimum: 1, maximum: 10_000 }),
  },
  { additionalProperties: false },
);
/** The AWS endpoint goes away for so long, and comes back on the same port. */
const frontDown = Type.Object(
  { frontDownMs: Type.Integer({ minimum: 1, maximum: 600_000 }) },
  { additionalProperties: false },
);

/** From now on every call of AWS waits so long first; 0 ends it. Real AWS is tens of milliseconds away. */
const latency = Type.Object(
  { latencyMs: Type.Integer({ minimum: 0, maximum: 10_000 }) },
  { additionalProperties: false },
);

export type AwsFault = Static<typeof awsFault>;
export type FaultOrder = AwsFault | Static<typeof frontDown> | Static<typeof latency>;

/** @throws ValidationError that names what is wrong with the body */
export const parseFault: (text: string) => FaultOrder = jsonParser(
  'fault',
  Type.Union([awsFault, frontDown, latency]),
);

/** The faults that are still to come, in the order in which they were asked for. */
export interface FaultList {
  add(fault: AwsFault): void;
  /** How long each call waits. */
  latencyMs: number;
  /** Whether the operation of a request has to be found out. */
  concerns(service: string | undefined): boolean;
  /** The fault that answers this call; one time less is left of it. */
  take(service: string | undefined, operation: string | undefined): AwsFault | undefined;
  list(): readonly AwsFault[];
  clear(): void;
}

export function faultList(): FaultList {
  let faults: readonly AwsFault[] = [];
  return {
    latencyMs: 0,
    add: (fault) => {
      faults = [...faults, fault];
    },
    concerns: (service) => faults.some((fault) => fault.service === service),
    take: (service, operation) => {
      const found = faults.find(
        (fault) =>
          fault.service === service &&
          (!fault.operations || (operation !== undefined && fault.operations.includes(operation))),
      );
      faults = faults.flatMap((fault) =>
        fault !== found ? [fault] : fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [],
      );
      return found;
    },
    list: () => faults,
    clear() {
      faults = [];
      this.latencyMs = 0;
    },
  };
}
