import { brokenPromises, drive } from './drive';
import { startApp } from './start-app';

it('more bodies than a small heap can hold are shed, and everybody is answered', async () => {
  const app = await startApp(96);
  try {
    const outcome = await drive(app, {
      uploads: 20,
      hostile: 10,
      bodyBytes: 4 * 1024 * 1024,
      patienceMs: 0,
    });
    expect([brokenPromises(outcome), outcome]).toEqual([[], outcome]);
    expect(outcome.uploads['200']).toBeGreaterThan(0);
    expect(outcome.uploads['503']).toBeGreaterThan(0);
    const refusals = app.lines.filter((line) => line.includes('"status":503'));
    expect(refusals.join('')).not.toContain('stack');
  } finally {
    await app.stop();
  }
});
