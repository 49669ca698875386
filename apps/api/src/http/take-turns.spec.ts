import { takeTurns } from './take-turns';

it('does one piece of work a turn, in order, and lets timers and input pass between them', async () => {
  const inTurn = takeTurns();
  const events: string[] = [];
  const work = (name: string) => inTurn(() => void events.push(name));
  const all = Promise.all([work('first'), work('second'), work('third')]);
  setImmediate(() => {
    events.push('other');
    setImmediate(() => events.push('other'));
  });
  await all;
  expect(events).toEqual(['first', 'other', 'second', 'other', 'third']);
});

it('goes on after work that failed', async () => {
  const inTurn = takeTurns();
  const failing = inTurn(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await expect(inTurn(() => 7)).resolves.toBe(7);
});
