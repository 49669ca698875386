import { ownTurn } from './own-turn';

test('of work that comes at once, one piece is done per turn of the event loop', async () => {
  let turn = 0;
  let goesOn = true;
  const count = () => {
    turn++;
    if (goesOn) setImmediate(count);
  };
  count();
  const turns = await Promise.all(Array.from({ length: 20 }, () => ownTurn().then(() => turn)));
  goesOn = false;
  expect(new Set(turns).size).toBe(20);
});
