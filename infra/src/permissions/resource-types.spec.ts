import { resources } from '../../test/policies/policy';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { nonproduction } from '../environments/accounts';
import { environments } from '../environments/select';
import { deployGrants } from './deploy-grants';
import type { Grant } from './least-privilege-policy';
import { planGrants } from './plan-grants';

/** Prefix of resource types → the service in the names of their IAM actions. The longest prefix wins. */
const services: Readonly<Record<string, string>> = {
  aws_acm_: 'acm',
  aws_appautoscaling_: 'application-autoscaling',
  aws_autoscaling_: 'autoscaling',
  aws_backup_: 'backup',
  aws_batch_: 'batch',
  aws_budgets_: 'budgets',
  aws_ce_: 'ce',
  aws_chatbot_: 'chatbot',
  aws_cloudtrail: 'cloudtrail',
  aws_cloudwatch_: 'cloudwatch',
  aws_cloudwatch_event_: 'events',
  aws_cloudwatch_log_: 'logs',
  aws_cloudwatch_query_: 'logs',
  aws_cognito_: 'cognito-idp',
  aws_default_security_group: 'ec2',
  aws_dynamodb_: 'dynamodb',
  aws_ebs_: 'ec2',
  aws_ec2_: 'ec2',
  aws_ecr_: 'ecr',
  aws_ecs_: 'ecs',
  aws_eip: 'ec2',
  aws_flow_log: 'ec2',
  aws_guardduty_: 'guardduty',
  aws_iam_: 'iam',
  aws_internet_gateway: 'ec2',
  aws_kms_: 'kms',
  aws_launch_template: 'ec2',
  aws_lb: 'elasticloadbalancing',
  aws_nat_gateway: 'ec2',
  aws_route: 'ec2',
  aws_route53_: 'route53',
  aws_s3_: 's3',
  aws_sagemaker_: 'sagemaker',
  aws_scheduler_: 'scheduler',
  aws_secretsmanager_: 'secretsmanager',
  aws_security_group: 'ec2',
  aws_sns_: 'sns',
  aws_sqs_: 'sqs',
  aws_ssm_: 'ssm',
  aws_subnet: 'ec2',
  aws_vpc: 'ec2',
  aws_wafv2_: 'wafv2',
  aws_xray_: 'xray',
};

const serviceOf = (type: string) =>
  Object.entries(services)
    .filter(([prefix]) => type.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];

const all = Object.keys(environments).flatMap((name) => resources(synthesiseEnvironment(name)));
const types = [...new Set(all.map(({ type }) => type))].sort();
const changedByDeploys = [
  ...new Set(all.filter(({ stack }) => stack !== 'clarity-account').map(({ type }) => type)),
].sort();

const state = { arn: 'arn:aws:s3:::state', keyArn: 'arn:key' };
const deploy = deployGrants({
  account: nonproduction,
  state,
  repositoryArns: ['arn:repository'],
  imagesKeyArn: 'arn:images-key',
});
/** The services of all granted actions whose names match. */
const granted = (grants: readonly Grant[], name: RegExp) =>
  new Set(
    grants
      .flatMap(({ actions }) => actions.map((action) => action.split(':')))
      .filter(([, action = '']) => name.test(action))
      .map(([service]) => service),
  );

describe('resource types', () => {
  it('belong to a known service', () => {
    expect(types.filter((type) => serviceOf(type) === undefined)).toEqual([]);
  });

  it('can be read by the plan role', () => {
    const readable = granted(planGrants(nonproduction, state), /^(Get|List|Describe|View)/);
    expect(types.filter((type) => !readable.has(serviceOf(type)))).toEqual([]);
  });

  it('of environments can be changed by the deploy role', () => {
    const changeable = granted(deploy, /^(Create|Put|Update|Register|Request|Allocate|Change)/);
    expect(changedByDeploys.filter((type) => !changeable.has(serviceOf(type)))).toEqual([]);
  });
});
