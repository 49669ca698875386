import { timed } from '../sample';
import {
  aSample,
  aUser,
  describeAuthProvider,
  describeHealthDataRepository,
  describeIdempotencyLedger,
  describeInferenceProvider,
  describeJobQueue,
  describeMessageBus,
  describeObjectStore,
  describeSecretStore,
  inMemoryAuthProvider,
  inMemoryCloud,
  inMemoryInferenceProvider,
} from '.';

describeHealthDataRepository('memory', () => inMemoryCloud().healthData);
describeIdempotencyLedger('memory', () => inMemoryCloud().idempotency);
describeObjectStore('memory', () => inMemoryCloud().objects);
describeInferenceProvider('memory', inMemoryInferenceProvider);

describeSecretStore('memory', () => {
  const { secrets } = inMemoryCloud();
  return { secrets, set: secrets.set };
});

describeJobQueue('memory', () => {
  const { analysisJobs } = inMemoryCloud({ visibilitySeconds: 1 });
  return { queue: analysisJobs, send: analysisJobs.send };
});

describeMessageBus('memory', () => {
  const { events, analysisJobs } = inMemoryCloud();
  return { bus: events, subscriber: analysisJobs };
});

describeAuthProvider('memory', () => {
  const auth = inMemoryAuthProvider();
  return {
    auth,
    confirmationCode: (email) => auth.confirmationCode(email) ?? '',
    issueToken: ({ userId, expiresInSeconds, ...rest }) =>
      auth.issueToken({
        ...rest,
        ...(userId !== undefined && { sub: userId }),
        ...(expiresInSeconds !== undefined && { expiresAt: Date.now() + expiresInSeconds * 1000 }),
      }),
  };
});

describe('a test that needs a failing cloud', () => {
  it('gets as many failures as it asked for, and nothing changes', async () => {
    const { healthData } = inMemoryCloud();
    const userId = aUser();
    healthData.failNext('unavailable', 2);
    const add = () => healthData.addSamples(userId, [timed(aSample())]);
    await expect(add()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(add()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(healthData.samplesOf(userId)).toEqual([]);
    expect(await add()).toEqual(['created']);
  });

  it('sees a job go to the dead letters after too many deliveries', async () => {
    let now = 0;
    const { analysisJobs } = inMemoryCloud({ now: () => now, maxDeliveries: 2 });
    analysisJobs.send('poison');
    for (let n = 0; n < 3; n++) {
      await analysisJobs.receive({ max: 1, waitSeconds: 0 });
      now += 121_000;
    }
    expect(analysisJobs.deadLetters).toEqual(['poison']);
    expect(analysisJobs.pending).toEqual([]);
  });
});
