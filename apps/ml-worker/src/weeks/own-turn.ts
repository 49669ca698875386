import pLimit from 'p-limit';
import { setImmediate as nextTurn } from 'node:timers/promises';

const oneByOne = pLimit(1);

/**
 * Resolves in a turn of the event loop of its own. Who is about to compute for milliseconds awaits it first: twenty
 * weeks that arrive together then take twenty turns, between which `/ping` is answered.
 */
export function ownTurn(): Promise<void> {
  return oneByOne(() => nextTurn());
}
