import { parser } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { vcpusOf } from './vcpus';

/** What stacks need of an account before they can be applied. */
export interface Requirements {
  readonly vpcs: number;
  readonly elasticIps: number;
  /** vCPUs of On-Demand G instances: what the apply itself starts or reserves, and the most that may run. */
  readonly onDemandGpu: { readonly atApply: number; readonly atMost: number };
  /** The most vCPUs of G Spot Instances. */
  readonly spotGpu: number;
  /** What capacity reservations need: the instance type in exactly this availability zone. */
  readonly reservations: readonly { readonly type: string; readonly zone: string }[];
  /** Instance type of SageMaker endpoints → instances at the apply. */
  readonly endpoints: Readonly<Record<string, number>>;
  /** Instance types of GPU hosts. */
  readonly gpuTypes: readonly string[];
  /** Availability zones of the subnets. */
  readonly zones: readonly string[];
  readonly detector: boolean;
  /** URLs of identity providers that the stacks create. */
  readonly identityProviders: readonly string[];
  readonly anomalyMonitor: boolean;
  /** Names of the hosted zones that the stacks create. */
  readonly hostedZones: readonly string[];
}

const resources = <T extends Parameters<typeof Type.Record>[1]>(schema: T) =>
  Type.Optional(Type.Record(Type.String(), schema));
const anything = resources(Type.Unknown());
const group = Type.Object({
  max_size: Type.Integer(),
  mixed_instances_policy: Type.Object({
    instances_distribution: Type.Object({
      on_demand_base_capacity: Type.Integer(),
      on_demand_percentage_above_base_capacity: Type.Integer(),
    }),
    launch_template: Type.Object({
      override: Type.Array(Type.Object({ instance_type: Type.String() }), { minItems: 1 }),
    }),
  }),
});

const parseStack = parser(
  'synthesised stack',
  Type.Object({
    resource: Type.Object({
      aws_vpc: anything,
      aws_eip: anything,
      aws_guardduty_detector: anything,
      aws_subnet: resources(Type.Object({ availability_zone: Type.String() })),
      aws_autoscaling_group: resources(group),
      aws_ec2_capacity_reservation: resources(
        Type.Object({
          instance_type: Type.String(),
          instance_count: Type.Integer(),
          availability_zone: Type.String(),
        }),
      ),
      aws_batch_compute_environment: resources(
        Type.Object({
          compute_resources: Type.Object({
            type: Type.String(),
            max_vcpus: Type.Integer(),
            instance_type: Type.Array(Type.String()),
          }),
        }),
      ),
      aws_sagemaker_endpoint_configuration: resources(
        Type.Object({
          production_variants: Type.Array(
            Type.Object({
              instance_type: Type.String(),
              initial_instance_count: Type.Integer(),
            }),
          ),
        }),
      ),
      aws_iam_openid_connect_provider: resources(Type.Object({ url: Type.String() })),
      aws_ce_anomaly_monitor: resources(Type.Object({ monitor_type: Type.String() })),
      aws_route53_zone: resources(Type.Object({ name: Type.String() })),
    }),
  }),
);

/** @param stacks synthesised Terraform JSON */
export function requirementsOf(stacks: readonly unknown[]): Requirements {
  const all = stacks.map((stack) => parseStack(stack).resource);
  type Resources = (typeof all)[number];
  const each = <Kind extends keyof Resources>(kind: Kind) =>
    all.flatMap(
      (resource) => Object.values(resource[kind] ?? {}) as NonNullable<Resources[Kind]>[string][],
    );
  const hosts = each('aws_autoscaling_group').map(hostsOf);
  const reservations = each('aws_ec2_capacity_reservation');
  const batch = each('aws_batch_compute_environment').map(
    ({ compute_resources }) => compute_resources,
  );
  const batchVcpus = (type: string) =>
    sum(batch.filter((each) => each.type === type).map(({ max_vcpus }) => max_vcpus));
  const endpoints: Record<string, number> = {};
  for (const { production_variants } of each('aws_sagemaker_endpoint_configuration'))
    for (const { instance_type, initial_instance_count } of production_variants)
      endpoints[instance_type] = (endpoints[instance_type] ?? 0) + initial_instance_count;
  return {
    vpcs: each('aws_vpc').length,
    elasticIps: each('aws_eip').length,
    onDemandGpu: {
      atApply: sum(
        reservations.map(
          ({ instance_type, instance_count }) => instance_count * vcpusOf(instance_type),
        ),
      ),
      atMost: sum(hosts.map(({ onDemandVcpus }) => onDemandVcpus)) + batchVcpus('EC2'),
    },
    spotGpu: sum(hosts.map(({ spotVcpus }) => spotVcpus)) + batchVcpus('SPOT'),
    reservations: reservations.map(({ instance_type, availability_zone }) => ({
      type: instance_type,
      zone: availability_zone,
    })),
    endpoints,
    gpuTypes: distinct([
      ...hosts.flatMap(({ types }) => types),
      ...reservations.map(({ instance_type }) => instance_type),
      ...batch.flatMap(({ instance_type }) => instance_type),
    ]),
    zones: distinct(each('aws_subnet').map(({ availability_zone }) => availability_zone)),
    detector: each('aws_guardduty_detector').length > 0,
    identityProviders: each('aws_iam_openid_connect_provider').map(({ url }) => url),
    anomalyMonitor: each('aws_ce_anomaly_monitor').some(
      ({ monitor_type }) => monitor_type === 'DIMENSIONAL',
    ),
    hostedZones: each('aws_route53_zone').map(({ name }) => name),
  };
}

/** The most vCPUs of a group's hosts, counted with its smallest type. */
function hostsOf({ max_size, mixed_instances_policy: mix }: Static<typeof group>) {
  const types = mix.launch_template.override.map(({ instance_type }) => instance_type);
  const { on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: percent } =
    mix.instances_distribution;
  // Auto Scaling rounds in favour of On-Demand.
  const onDemand = base + Math.ceil(((max_size - base) * percent) / 100);
  const vcpus = Math.min(...types.map(vcpusOf));
  return { types, onDemandVcpus: onDemand * vcpus, spotVcpus: (max_size - onDemand) * vcpus };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const distinct = (texts: readonly string[]) => [...new Set(texts)].toSorted();
