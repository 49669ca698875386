import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments, selectEnvironment } from './environments/select';
import { planOnly } from './environments/plan-only';
import { writePlanOnly } from './plan-only-file';

describe('plan-only.json', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'clarity-plan-only-'));
  const path = join(outdir, 'plan-only.json');
  afterAll(() => rmSync(outdir, { recursive: true }));
  const written = (name: string) => {
    writePlanOnly(selectEnvironment({ CLARITY_ENVIRONMENT: name }), outdir);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
  };

  it('lists what local omits, and why', () => {
    expect(written('local')).toEqual(planOnly);
    for (const { what, reason } of planOnly) {
      expect(what).toMatch(/\S/);
      expect(reason).toMatch(/\.$/);
    }
  });

  it('is removed for an environment that omits nothing', () => {
    written('local');
    for (const name of Object.keys(environments).filter((one) => !one.startsWith('local')))
      expect(written(name)).toBeUndefined();
  });
});
