import { all, only, synthesise } from '../../../test/synthesise';
import { SpendingWatch } from './spending-watch';

const props = {
  name: 'clarity',
  monthlyUsd: 2500,
  actualPercents: [80, 100],
  forecastPercents: [100],
  anomalyMonitor: { kind: 'own' } as const,
  anomalyUsd: 50,
  topicArn: 'arn:topic',
};
const stack = synthesise((scope) => void new SpendingWatch(scope, 'spending', props));

describe('SpendingWatch', () => {
  it('notifies of actual and of forecast spending', () => {
    expect(only(stack, 'aws_budgets_budget')).toMatchObject({
      limit_amount: '2500',
      notification: [
        { notification_type: 'ACTUAL', threshold: 80 },
        { notification_type: 'ACTUAL', threshold: 100 },
        { notification_type: 'FORECASTED', threshold: 100 },
      ],
    });
  });

  it('notifies of anomalies above an amount', () => {
    expect(only(stack, 'aws_ce_anomaly_subscription')).toMatchObject({
      subscriber: [{ type: 'SNS', address: 'arn:topic' }],
      threshold_expression: { dimension: { values: ['50'] } },
    });
  });

  it('uses the account’s existing monitor', () => {
    const arn = 'arn:aws:ce::123456789012:anomalymonitor/x';
    const other = synthesise(
      (scope) =>
        void new SpendingWatch(scope, 'spending', {
          ...props,
          anomalyMonitor: { kind: 'existing', arn },
        }),
    );
    expect(all(other, 'aws_ce_anomaly_monitor')).toEqual({});
    expect(only(other, 'aws_ce_anomaly_subscription')).toMatchObject({
      monitor_arn_list: [arn],
    });
  });
});
