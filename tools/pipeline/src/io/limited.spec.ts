import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { limited } from './limited';

test('never more at once than allowed, and all of them, whatever fails', async () => {
  const works = fc.array(fc.record({ turns: fc.nat(3), fails: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), works, async (most, list) => {
      const run = limited(most);
      let running = 0;
      let atOnce = 0;
      const ends = await Promise.allSettled(
        list.map(({ turns, fails }) =>
          run(async () => {
            atOnce = Math.max(atOnce, ++running);
            for (let count = 0; count < turns; count++) await turn();
            running--;
            if (fails) throw new Error('failed');
          }),
        ),
      );
      expect(atOnce).toBeLessThanOrEqual(most);
      expect(ends.map(({ status }) => status === 'rejected')).toEqual(
        list.map(({ fails }) => fails),
      );
    }),
  );
});
