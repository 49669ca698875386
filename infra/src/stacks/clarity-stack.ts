import type { Construct } from 'constructs';
import { AwsProvider } from '../aws';
import { type TerraformElement, TerraformStack } from '../cdktf';
import type { Account } from '../environments/schema';
import { addStateBackend } from './state-backend';

export interface ClarityStackProps {
  readonly account: Account;
  /** Tags: whose stack it is ("dev", or the account's name), and which part of the system. */
  readonly environment: string;
  readonly part: string;
}

/** What every stack has: the provider with its tags, its state, and addresses a person can read. */
export abstract class ClarityStack extends TerraformStack {
  /** Of everything in the stack; given on to what AWS makes by itself and leaves untagged. */
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
      // Credentials of another account fail before anything is read.
      allowedAccountIds: [account.id],
      ...account.provider,
      defaultTags: [{ tags: { ...this.tags } }],
    });
    addStateBackend(this, account);
    // Write-only arguments and S3-native locks.
    this.addOverride('terraform.required_version', '>= 1.11.0');
  }

  /**
   * Joins the path with underscores, without CDKTF's hash: a plan then says
   * `aws_nat_gateway.network_nat-a`, and moving nothing but a file changes no address.
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
