/** Events of a simulation, soonest first; of two at the same time, the one that was added first. */
export interface EventQueue<T> {
  add(time: number, what: T): void;
  next(): { readonly time: number; readonly what: T } | undefined;
}

export function eventQueue<T>(): EventQueue<T> {
  const entries: { readonly time: number; readonly what: T }[] = [];
  return {
    add: (time, what) => {
      const later = entries.findLastIndex((each) => each.time <= time) + 1;
      entries.splice(later, 0, { time, what });
    },
    next: () => entries.shift(),
  };
}
