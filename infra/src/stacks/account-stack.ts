import type { Construct } from 'constructs';
import { AlertTopic, eventRules, type Publisher } from '../constructs/observability/alert-topic';
import { BuildCache } from '../constructs/account/build-cache';
import { ContainerRepository } from '../constructs/account/container-repository';
import { AuditTrail, trailArn } from '../constructs/account/audit-trail';
import { GuardRails } from '../constructs/account/guard-rails';
import { auditTrail, EncryptionKey } from '../constructs/data/encryption-key';
import { GithubIdentity } from '../constructs/account/github-identity';
import { GithubRole } from '../constructs/account/github-role';
import type { Grant } from '../permissions/least-privilege-policy';
import { RoleBoundary } from '../constructs/identity/role-boundary';
import { SpendingWatch } from '../constructs/account/spending-watch';
import { StateBucket } from '../constructs/account/state-bucket';
import { ThreatDetection } from '../constructs/account/threat-detection';
import { stateBucketOf, stateKeyAlias } from '../environments/accounts';
import type { Account } from '../environments/schema';
import { ClarityStack } from './clarity-stack';
import { boundaryGrants } from '../permissions/boundary-grants';
import { deployGrants } from '../permissions/deploy-grants';
import { planGrants } from '../permissions/plan-grants';
import { promotionGrants, promotionRole, promotionTrust } from '../permissions/promotion';
import { rollbackGrants } from '../permissions/rollback-grants';

const hour = 3_600;
const trailName = 'clarity-account';

/** An AWS service that publishes on behalf of this account. */
const ofAccount = (sid: string, service: string, id: string): Publisher => ({
  sid,
  service,
  conditions: { StringEquals: { 'aws:SourceAccount': id } },
});

/**
 * One per account: Terraform state, image repositories, GitHub's roles, and monitoring of the whole account.
 * Environments share it, so nothing in it may depend on any of them.
 */
export class AccountStack extends ClarityStack {
  readonly phase = 'bootstrap';
  readonly api: ContainerRepository;
  readonly mlWorker: ContainerRepository;
  readonly buildCache: BuildCache;

  constructor(scope: Construct, account: Account) {
    super(scope, 'clarity-account', { account, environment: account.name, part: 'account' });
    const { protection } = account;
    const state = new StateBucket(this, 'state', {
      ...protection,
      name: stateBucketOf(account.id),
      keyAlias: stateKeyAlias,
      account,
      historyDays: account.stateHistoryDays,
      resourceTimeout: '10m',
    });
    const key = new EncryptionKey(this, 'key', {
      alias: 'clarity-account',
      description: 'Container images and the audit trail',
      account,
      users: auditTrail(account, trailArn(trailName, account)),
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      onlyPeopleChangeIt: true,
    });
    const repository = (id: string) =>
      new ContainerRepository(this, id, {
        ...protection,
        ...account.images,
        environments: account.github.environments,
        name: `clarity-${id}`,
        keyArn: key.arn,
      });
    this.api = repository('api');
    this.mlWorker = repository('ml-worker');
    this.buildCache = new BuildCache(this, 'build-cache', {
      ...protection,
      ...account.images,
      name: 'clarity-build-cache',
      keyArn: key.arn,
    });
    this.addGithubRoles(account, state, key.arn);
    this.addMonitoring(account);
    this.addAudit(account, key.arn);
  }

  private addGithubRoles(account: Account, state: StateBucket, imagesKeyArn: string) {
    const { subjectPrefix, planners, environments } = account.github;
    new RoleBoundary(this, 'role-boundary', boundaryGrants(account));
    const identity = new GithubIdentity(this, 'github', account.github.identityProvider);
    const approved = environments.map((environment) => `environment:${environment}`);
    const role = (
      verb: string,
      props: { description: string; subjects: readonly string[]; grants: readonly Grant[] },
    ) =>
      new GithubRole(this, `github-${verb}`, {
        name: `clarity-github-${verb}`,
        description: props.description,
        trust: identity.trust(props.subjects.map((subject) => `${subjectPrefix}:${subject}`)),
        grants: props.grants,
        // Waiting for a new GPU host takes most of it.
        maxSessionSeconds: 2 * hour,
      });
    role('plan', {
      description: 'Pull requests and main: plan and detect drift',
      subjects: planners,
      grants: planGrants(account, state),
    });
    role('deploy', {
      description: 'Jobs of an environment: apply, push images, roll out',
      // A plan with unreviewed changes waits for approval in a second environment.
      subjects: approved.flatMap((subject) => [subject, `${subject}-approval`]),
      grants: deployGrants({
        account,
        state,
        repositoryArns: [this.api.arn, this.mlWorker.arn, this.buildCache.arn],
        imagesKeyArn,
      }),
    });
    role('rollback', {
      description: 'Jobs of an environment: roll back to an earlier release',
      subjects: approved,
      grants: rollbackGrants(account, state),
    });
    if (account.promotion.to !== undefined)
      new GithubRole(this, 'github-promotion', {
        name: promotionRole,
        description:
          'Deploys of the next environment: read what is current here, and copy its images',
        trust: promotionTrust(account.promotion.to),
        grants: promotionGrants(account, [this.api.arn, this.mlWorker.arn]),
        maxSessionSeconds: hour,
      });
  }

  private addAudit(account: Account, keyArn: string) {
    const { github, protection } = account;
    if (account.auditTrail.kind === 'own')
      new AuditTrail(this, 'audit', {
        ...account.auditTrail,
        ...protection,
        name: trailName,
        account,
        keyArn,
        bucketName: `clarity-trail-${account.id}`,
        objects: [
          ...github.environments.map((name) => `arn:aws:s3:::clarity-${name}-data-${account.id}/`),
          `arn:aws:s3:::${stateBucketOf(account.id)}/`,
        ],
        tables: [`arn:aws:dynamodb:${account.region}:${account.id}:table/clarity-`],
        resourceTimeout: '10m',
      });
    if (account.guardRails.kind === 'own') new GuardRails(this, 'guard-rails');
  }

  private addMonitoring(account: Account) {
    const { protection, spending, threatDetection } = account;
    const alerts = new AlertTopic(this, 'alerts', {
      name: 'clarity-account-alerts',
      subject: `the account ${account.name}`,
      account,
      publishers: [
        eventRules,
        ofAccount('Budgets', 'budgets.amazonaws.com', account.id),
        ofAccount('CostAnomalies', 'costalerts.amazonaws.com', account.id),
      ],
      emails: account.alerts.emails,
      keyDeletionDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      onlyPeopleChangeItsKey: true,
    });
    new ThreatDetection(this, 'threats', {
      ...threatDetection,
      name: 'clarity-account',
      topicArn: alerts.arn,
    });
    new SpendingWatch(this, 'spending', {
      ...spending,
      name: 'clarity-account',
      topicArn: alerts.arn,
    });
  }
}
