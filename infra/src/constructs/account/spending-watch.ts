import { Construct } from 'constructs';
import { BudgetsBudget, CeAnomalyMonitor, CeAnomalySubscription } from '../../aws';

export interface SpendingWatchProps {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Shares of the month's budget that are told once spent. */
  readonly actualPercents: readonly number[];
  /** And once AWS expects them by the month's end. */
  readonly forecastPercents: readonly number[];
  /** An unusual day is told from this much. */
  readonly anomalyUsd: number;
  /** The account's monitor of all services, where it has one; there can be no second. */
  readonly existingMonitorArn?: string;
  readonly topicArn: string;
}

/** A budget for the month, and an eye on days that are not like others. Neither stops anything. */
export class SpendingWatch extends Construct {
  constructor(scope: Construct, id: string, props: SpendingWatchProps) {
    super(scope, id);
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED') => (threshold: number) => ({
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
      subscriberSnsTopicArns: [props.topicArn],
    });
    new BudgetsBudget(this, 'budget', {
      name: `${props.name}-monthly`,
      budgetType: 'COST',
      limitAmount: String(props.monthlyUsd),
      limitUnit: 'USD',
      timeUnit: 'MONTHLY',
      notification: [
        ...props.actualPercents.map(notify('ACTUAL')),
        ...props.forecastPercents.map(notify('FORECASTED')),
      ],
    });
    const monitorArn =
      props.existingMonitorArn ??
      new CeAnomalyMonitor(this, 'monitor', {
        name: `${props.name}-services`,
        monitorType: 'DIMENSIONAL',
        monitorDimension: 'SERVICE',
      }).arn;
    new CeAnomalySubscription(this, 'anomalies', {
      name: `${props.name}-anomalies`,
      // At once: a topic can have it no other way.
      frequency: 'IMMEDIATE',
      monitorArnList: [monitorArn],
      subscriber: [{ type: 'SNS', address: props.topicArn }],
      thresholdExpression: {
        dimension: {
          key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          matchOptions: ['GREATER_THAN_OR_EQUAL'],
          values: [String(props.anomalyUsd)],
        },
      },
    });
  }
}
