import { Readable } from 'node:stream';
import { search } from './inspect-contents';

const streamOf = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

test('a text is found inside a chunk and across two', async () => {
  await expect(search(streamOf('the needle', 'hay'), ['needle'])).resolves.toBe(true);
  await expect(search(streamOf('the nee', 'dle'), ['straw', 'needle'])).resolves.toBe(true);
  await expect(search(streamOf('the nee', 'd', 'le'), ['needle'])).resolves.toBe(true);
});

test('what is not there is not found, and nothing is in anything', async () => {
  await expect(search(streamOf('hay', 'stack'), ['needle'])).resolves.toBe(false);
  await expect(search(streamOf('hay', 'stack'), [])).resolves.toBe(false);
});
