import { alarmReader, changesAlarms, type StandingAlarms } from './alarm-states';

const alarms = (name: string): StandingAlarms => ({
  metricAlarms: [{ AlarmName: name }],
  compositeAlarms: [],
});

test('alarms are read once, and again after a change, also one that came while they were read', async () => {
  const answers: ((alarms: StandingAlarms) => void)[] = [];
  const reader = alarmReader(() => new Promise((resolve) => answers.push(resolve)));
  const reading = reader.read();
  reader.changed();
  answers[0]?.(alarms('old'));
  await expect(reading).resolves.toEqual(alarms('old'));
  const again = reader.read();
  answers[1]?.(alarms('new'));
  await expect(again).resolves.toEqual(alarms('new'));
  await expect(reader.read()).resolves.toEqual(alarms('new'));
  expect(answers).toHaveLength(2);
});

test('a failure is not kept', async () => {
  let asked = 0;
  const reader = alarmReader(async () => {
    if (++asked === 1) throw new Error('moto is busy');
    return alarms('here');
  });
  await expect(reader.read()).rejects.toThrow('moto is busy');
  await expect(reader.read()).resolves.toEqual(alarms('here'));
});

test.each([
  ['monitoring', 'PutMetricAlarm', true],
  ['monitoring', 'SetAlarmState', true],
  ['monitoring', undefined, true],
  ['application-autoscaling', 'PutScalingPolicy', true],
  ['monitoring', 'PutMetricData', false],
  ['monitoring', 'DescribeAlarms', false],
  ['sqs', 'SendMessage', false],
  [undefined, undefined, false],
])('%s %s may change alarms: %s', (service, operation, expected) => {
  expect(changesAlarms(service, operation)).toBe(expected);
});
