import { loadedAtFirstCall } from './loaded-at-first-call';

interface Counter {
  add(amount: number): Promise<number>;
  read(): Promise<number>;
}

function counter() {
  let loads = 0;
  const load = async (): Promise<Counter> => {
    loads++;
    let total = 0;
    return { add: async (amount) => (total += amount), read: async () => total };
  };
  return { port: loadedAtFirstCall({ add: true, read: true }, load), loads: () => loads };
}

test('loads nothing until it is called, and then once for all callers', async () => {
  const { port, loads } = counter();
  expect(loads()).toBe(0);
  await Promise.all([port.add(2), port.add(3)]);
  await expect(port.read()).resolves.toBe(5);
  expect(loads()).toBe(1);
});
