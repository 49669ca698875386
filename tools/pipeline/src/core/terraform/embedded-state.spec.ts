import { DeleteParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { region } from '../environment';
import { forgetEarlierState, markParameter } from './embedded-state';

const ssm = new SSMClient({ region });
const lines: string[] = [];
const line = (text: string) => void lines.push(text);
const reporter = { step: line, info: line, warn: line };

/** Empties the account, as a restart does. */
const emptyCloud = () =>
  ssm.send(new DeleteParameterCommand({ Name: markParameter })).catch(() => {});

let folder: string;
const state = () => join(folder, 'clarity-account.tfstate');
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'embedded-state-')), 'state');
  lines.length = 0;
  await emptyCloud();
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));
afterAll(async () => {
  await emptyCloud();
  ssm.destroy();
});

const workHere = () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(state(), '{}');
};

test('keeps the state of an embedded AWS that is still running', async () => {
  await forgetEarlierState(ssm, folder, reporter);
  workHere();
  await forgetEarlierState(ssm, folder, reporter);
  expect(existsSync(state())).toBe(true);
  expect(lines).toEqual([]);
});

test('removes the state of a restarted embedded AWS once, and reports it', async () => {
  await forgetEarlierState(ssm, folder, reporter);
  workHere();
  await emptyCloud();
  await forgetEarlierState(ssm, folder, reporter);
  expect(existsSync(state())).toBe(false);
  expect(lines.join()).toMatch(/embedded AWS/);
  workHere();
  await forgetEarlierState(ssm, folder, reporter);
  expect(existsSync(state())).toBe(true);
  expect(lines).toHaveLength(1);
});

test('simultaneous runs agree on whose state it is', async () => {
  await Promise.all([1, 2, 3].map(() => forgetEarlierState(ssm, folder, reporter)));
  workHere();
  await forgetEarlierState(ssm, folder, reporter);
  expect(existsSync(state())).toBe(true);
});
