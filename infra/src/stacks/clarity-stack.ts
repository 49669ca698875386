import type { Construct } from 'constructs';
import { AwsProvider } from '../aws';
import { type TerraformElement, TerraformStack } from '../cdktf';
import type { Account } from '../environments/schema';
import { addStateBackend } from './state-backend';

/**
 * When the pipeline applies a stack: a person with `bootstrap`; each deployment before it rolls out; or
 * after the release pointer has moved, by a rollout or a rollback.
 */
export type Phase = 'bootstrap' | 'before-rollout' | 'after-rollout';

export interface ClarityStackProps {
  readonly account: Account;
  /** For tags: the environment ("dev", or the account's name) and the part of the system. */
  readonly environment: string;
  readonly part: string;
}

/** The base of every stack: provider with default tags, state backend, readable addresses. */
export abstract class ClarityStack extends TerraformStack {
  abstract readonly phase: Phase;
  /** Tags of all resources; to be passed to resources that AWS creates by itself without tags. */
  readonly tags: Readonly<Record<string, string>>;
  private readonly addresses = new Map<string, string>();

  constructor(scope: Construct, id: string, props: ClarityStackProps) {
    super(scope, id);
    const { account } = props;
    this.tags = {
      Project: 'clarity',
      Environment: props.environment,
      Service: props.part,
      ManagedBy: 'cdktf',
    };
    new AwsProvider(this, 'aws', {
      region: account.region,
      // Fails before it reads anything with another account's credentials.
      allowedAccountIds: [account.id],
      ...account.provider,
      defaultTags: [{ tags: { ...this.tags } }],
    });
    addStateBackend(this, account);
    // Write-only arguments and S3-native locks.
    this.addOverride('terraform.required_version', '>= 1.11.0');
  }

  /**
   * Joins the path with underscores, without CDKTF's hash, so that plans are readable
   * (`aws_nat_gateway.network_nat-a`). Moving a file changes no address.
   */
  protected override allocateLogicalId(element: TerraformElement | Construct['node']): string {
    const node = 'node' in element ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const address = path.join('_').replace(/[^A-Za-z0-9_-]/g, '_');
    const taken = this.addresses.get(address);
    if (taken !== undefined && taken !== node.path)
      throw new Error(`"${taken}" and "${node.path}" would share the address "${address}".`);
    this.addresses.set(address, node.path);
    return address;
  }
}
