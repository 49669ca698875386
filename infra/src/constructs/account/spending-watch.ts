import { Construct } from 'constructs';
import { BudgetsBudget, CeAnomalyMonitor, CeAnomalySubscription } from '../../aws';

export interface SpendingWatchProps {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Percentages of the monthly budget at which actual spending notifies. */
  readonly actualPercents: readonly number[];
  /** Percentages of the monthly budget at which the forecast notifies. */
  readonly forecastPercents: readonly number[];
  /** Smallest impact of a cost anomaly that notifies. */
  readonly anomalyUsd: number;
  /** Of all services; AWS allows only one per account. */
  readonly anomalyMonitor:
    { readonly kind: 'own' } | { readonly kind: 'existing'; readonly arn: string };
  readonly topicArn: string;
}

/** A monthly budget and cost anomaly detection. Both only notify. */
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
      props.anomalyMonitor.kind === 'existing'
        ? props.anomalyMonitor.arn
        : new CeAnomalyMonitor(this, 'monitor', {
            name: `${props.name}-services`,
            monitorType: 'DIMENSIONAL',
            monitorDimension: 'SERVICE',
          }).arn;
    new CeAnomalySubscription(this, 'anomalies', {
      name: `${props.name}-anomalies`,
      // SNS subscriptions support no other frequency.
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
