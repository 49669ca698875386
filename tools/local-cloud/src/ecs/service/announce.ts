import { randomUUID } from 'node:crypto';
import type { ServiceRecord } from './service-record';

/** DescribeServices shows the last 100. */
const kept = 100;

/** Adds a line to the service's events, in the words ECS uses. */
export function announce(service: ServiceRecord, now: number, text: string): void {
  const event = {
    id: randomUUID(),
    createdAt: new Date(now),
    message: `(service ${service.name}) ${text}`,
  };
  service.events = [event, ...service.events].slice(0, kept);
}

export const taskList = (ids: readonly string[]): string =>
  ids.map((id) => `(task ${id})`).join(' ');
