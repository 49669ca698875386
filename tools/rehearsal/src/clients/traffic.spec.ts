import { brokenReleaseHeader } from '../releases/release-variants';
import { startTraffic } from './traffic';

function answering(...answers: (Response | Error)[]) {
  let asked = 0;
  let all = () => {};
  const asking = new Promise<void>((resolve) => (all = resolve));
  const ask = async () => {
    const answer = answers[asked++];
    if (asked >= answers.length) all();
    if (answer instanceof Error) throw answer;
    return answer ?? new Response('ok');
  };
  return { ask, asking };
}

test('counts answers of a broken release apart from failures', async () => {
  const { ask, asking } = answering(
    new Response('ok'),
    new Response('', { status: 503 }),
    new Response('', { status: 500, headers: { [brokenReleaseHeader]: 'v5' } }),
    new Error('socket hang up'),
    new Response('', { status: 404 }),
  );
  const traffic = startTraffic(ask);
  await asking;
  const counts = await traffic.stop();
  expect(counts).toMatchObject({ failed: 2, answeredByBrokenRelease: 1 });
  expect(counts.examples.join()).toContain('answered 503');
  expect(counts.examples.join()).toContain('socket hang up');
});
