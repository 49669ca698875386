/** Things that will happen, soonest first; of two at the same time, the one that was added first. */
export interface EventQueue<T> {
  add(time: number, what: T): void;
  next(): { readonly time: number; readonly what: T } | undefined;
}

interface Entry<T> {
  readonly time: number;
  readonly order: number;
  readonly what: T;
}

/** A binary heap: thousands of tasks have tens of thousands of events. */
export function eventQueue<T>(): EventQueue<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  const isBefore = (a: Entry<T>, b: Entry<T>) =>
    a.time < b.time || (a.time === b.time && a.order < b.order);
  const swapUp = (child: number): number | undefined => {
    const parent = (child - 1) >> 1;
    const [a, b] = [heap[child], heap[parent]];
    if (child === 0 || !a || !b || !isBefore(a, b)) return undefined;
    [heap[child], heap[parent]] = [b, a];
    return parent;
  };
  const sink = () => {
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const [a, b] = [heap[left], heap[right]];
      if (!a) return;
      const child = b && isBefore(b, a) ? right : left;
      if (swapUp(child) === undefined) return;
      parent = child;
    }
  };
  return {
    add: (time, what) => {
      heap.push({ time, order: order++, what });
      for (let at: number | undefined = heap.length - 1; at !== undefined;) at = swapUp(at);
    },
    next: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first && last && first !== last) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
