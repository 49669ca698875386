import fc from 'fast-check';
import { alarmReason } from './alarm-reason';
import { evaluateAlarm, evaluationRange, type AlarmCondition } from './evaluate-alarm';

const condition = (
  datapointsToAlarm: number,
  treatMissingData: AlarmCondition['treatMissingData'],
  evaluationPeriods = 3,
): AlarmCondition => ({
  comparison: 'GreaterThanThreshold',
  threshold: 5,
  evaluationPeriods,
  datapointsToAlarm,
  treatMissingData,
});
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
/** `X` breaches, `0` does not, `-` is missing; oldest first. */
const range = (text: string) =>
  [...text].map((letter, index) => ({
    at: index * 60_000,
    value: letter === '-' ? undefined : letter === 'X' ? 9 : 0,
  }));

// The examples of "Configuring how CloudWatch alarms treat missing data" in the user guide.
describe.each<[string, number, readonly (string | undefined)[]]>([
  ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
  ['0----', 3, ['OK', 'OK', 'OK', 'OK']],
  ['-----', 3, ['INSUFFICIENT_DATA', undefined, 'ALARM', 'OK']],
  ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['--X--', 3, ['ALARM', undefined, 'ALARM', 'OK']],
  ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
  ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
  ['---X-', 2, ['ALARM', undefined, 'ALARM', 'OK']],
])('%s with %d of 3', (text, datapointsToAlarm, states) => {
  it.each(treatments.map((treatment, index) => [treatment, states[index]] as const))(
    '%s: %s',
    (treatment, state) => {
      const { state: actual } = evaluateAlarm(condition(datapointsToAlarm, treatment), range(text));
      expect(actual).toBe(state);
    },
  );
});

const cases = fc
  .record({ of: fc.integer({ min: 1, max: 6 }), treatment: fc.constantFrom(...treatments) })
  .chain(({ of, treatment }) =>
    fc.record({
      alarm: fc
        .integer({ min: 1, max: of })
        .map((breaching) => condition(breaching, treatment, of)),
      letters: fc.array(fc.constantFrom('0', 'X', '-'), { minLength: of + 2, maxLength: of + 2 }),
    }),
  );

it('alarms without missing data exactly where M of the last N breach', () => {
  fc.assert(
    fc.property(cases, ({ alarm, letters }) => {
      const whole = letters.map((letter) => (letter === '-' ? '0' : letter));
      const breaching = whole.slice(-alarm.evaluationPeriods).filter((letter) => letter === 'X');
      const expected = breaching.length >= alarm.datapointsToAlarm ? 'ALARM' : 'OK';
      expect(evaluateAlarm(alarm, range(whole.join(''))).state).toBe(expected);
    }),
  );
});

it('always decides where missing data has a meaning, and never invents an alarm', () => {
  fc.assert(
    fc.property(cases, ({ alarm, letters }) => {
      expect(letters).toHaveLength(evaluationRange(alarm));
      const { state } = evaluateAlarm(alarm, range(letters.join('')));
      if (alarm.treatMissingData === 'breaching' || alarm.treatMissingData === 'notBreaching')
        expect(['OK', 'ALARM']).toContain(state);
      if (alarm.treatMissingData === 'notBreaching' && !letters.includes('X'))
        expect(state).toBe('OK');
      if (state === 'INSUFFICIENT_DATA')
        expect(letters.every((letter) => letter === '-')).toBe(true);
    }),
  );
});

it('is never calmer for a datapoint that breaches instead of one that does not', () => {
  fc.assert(
    fc.property(cases, fc.nat(), ({ alarm, letters }, at) => {
      const index = at % letters.length;
      const with_ = (letter: '0' | 'X') =>
        evaluateAlarm(alarm, range(letters.with(index, letter).join(''))).state;
      if (with_('0') === 'ALARM') expect(with_('X')).toBe('ALARM');
    }),
  );
});

it("says why in CloudWatch's words", () => {
  const twoOfThree = condition(2, 'notBreaching');
  const at = Date.UTC(2026, 10, 23, 5, 11, 0);
  const value = (value: number, minutes: number) => ({ value, at: at - minutes * 60_000 });
  expect(
    alarmReason(twoOfThree, 'ALARM', {
      decisive: [value(50, 0), value(7.5, 1), value(0, 2)],
      filled: 0,
    }),
  ).toBe(
    'Threshold Crossed: 2 out of the last 3 datapoints [50.0 (23/11/26 05:11:00), 7.5 (23/11/26 05:10:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
  );
  expect(
    alarmReason(condition(1, 'missing', 1), 'OK', { decisive: [value(1, 0)], filled: 0 }),
  ).toBe(
    'Threshold Crossed: 1 datapoint [1.0 (23/11/26 05:11:00)] was not greater than the threshold (5.0) (minimum 1 datapoint for ALARM -> OK transition).',
  );
  expect(alarmReason(twoOfThree, 'OK', { decisive: [], filled: 3 })).toBe(
    'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].',
  );
});
