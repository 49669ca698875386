import { Construct } from 'constructs';
import { XrayGroup, XraySamplingRule } from '../../aws';

export interface TraceSamplingProps {
  readonly name: string;
  /** The apps' service names in traces. */
  readonly api: string;
  readonly mlWorker: string;
  readonly requestPercent: number;
  readonly analysisPercent: number;
  readonly slowMilliseconds: number;
}

/**
 * Sampling rules and trace groups. Sampling is decided at the first span, when the outcome is not known
 * yet: a group, not a rule, finds failures.
 */
export class TraceSampling extends Construct {
  constructor(scope: Construct, id: string, props: TraceSamplingProps) {
    super(scope, id);
    const rule = (
      what: string,
      priority: number,
      percent: number,
      request: { readonly method: string; readonly path: string; readonly service: string },
    ) =>
      new XraySamplingRule(this, what, {
        // X-Ray allows 32 characters.
        ruleName: `${props.name}-${what}`,
        version: 1,
        priority,
        fixedRate: percent / 100,
        // Also traces a rarely used route, unless its percentage is zero.
        reservoirSize: percent > 0 ? 1 : 0,
        serviceName: request.service,
        serviceType: '*',
        httpMethod: request.method,
        urlPath: request.path,
        host: '*',
        resourceArn: '*',
      });
    const { api } = props;
    // Rules apply to the whole account; other environments have their own.
    const any = `${props.name}-*`;
    rule('livez', 100, 0, { method: 'GET', path: '/livez', service: any });
    rule('readyz', 101, 0, { method: 'GET', path: '/readyz', service: any });
    const analyses = { method: 'POST', path: '/v1/analyses', service: api };
    rule('analyses', 200, props.analysisPercent, analyses);
    rule('requests', 300, props.requestPercent, { method: '*', path: '*', service: api });

    const ours = `(service("${api}") OR service("${props.mlWorker}"))`;
    new XrayGroup(this, 'all', {
      groupName: props.name,
      filterExpression: ours,
      insightsConfiguration: { insightsEnabled: true, notificationsEnabled: true },
    });
    new XrayGroup(this, 'bad', {
      groupName: `${props.name}-bad`,
      filterExpression: `${ours} AND (fault = true OR error = true OR responsetime > ${props.slowMilliseconds / 1000})`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
  }
}
