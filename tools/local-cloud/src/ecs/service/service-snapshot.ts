import type { ServiceRecord } from './service-record';
import type { TaskRegistry } from '../task/task-registry';

/** Every service as JSON; what runs is named by task id. */
export interface EcsSnapshot {
  readonly schema: 1;
  readonly services: readonly Json[];
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const snapshotOf = (services: readonly ServiceRecord[]): EcsSnapshot => ({
  schema: 1,
  services: services.map((service) =>
    encode({
      ...service,
      tasks: [...service.tasks].map(([number, { record }]) => [number, record.id]),
    }),
  ),
});

/** The services of a snapshot, with the tasks that are still known. */
export function servicesOf(snapshot: EcsSnapshot, registry: TaskRegistry): ServiceRecord[] {
  return snapshot.services.map((json) => {
    const service = decode(json) as Omit<ServiceRecord, 'tasks'> & {
      readonly tasks: readonly (readonly [number, string])[];
    };
    const tasks = service.tasks.flatMap(([number, id]) => {
      const task = registry.find(service.cluster.arn, id);
      return task ? [[number, task] as const] : [];
    });
    return { ...service, tasks: new Map(tasks) };
  });
}

/** Dates and maps become objects that say what they are; JSON has no word for them. */
function encode(value: unknown): Json {
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Map)
    return { $map: [...value].map(([key, each]) => [encode(key), encode(each)]) };
  if (Array.isArray(value)) return value.map(encode);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([name, each]) => [name, encode(each)]),
    );
  return value as Json;
}

function decode(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(decode);
  if (json === null || typeof json !== 'object') return json;
  const date: unknown = Reflect.get(json, '$date');
  if (typeof date === 'number') return new Date(date);
  const map: unknown = Reflect.get(json, '$map');
  if (Array.isArray(map)) return new Map(map.map((pair) => decode(pair) as [unknown, unknown]));
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, decode(each)]));
}
