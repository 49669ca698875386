export { connectAws, readCloudState, type AwsClient } from './aws-client';
export { execCommand, programIn, type CloudFlags, type CommandLine } from './command';
export { startEmbeddedAws, type EmbeddedAws, type StartAwsOptions } from './start';
export type {
  CloudState,
  DeniedRow,
  HealthPage,
  IamMode,
  LoadBalancerRow,
  PermissionRemoval,
  PermissionsPage,
  RecordedRequest,
  StatementRow,
  TaskLife,
  TaskRow,
  TrafficSecond,
} from '../src/contract';
export type { Segment } from '../src/traces/segment-of-span';
export type { AwsFault, FaultOrder } from '../src/gateway/faults/fault';
