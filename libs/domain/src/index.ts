export {
  type Analysis,
  type AnalysisFailure,
  analysisFailureSchema,
  type AnalysisOutcome,
  type AnalysisStatus,
  analysisStatusSchema,
  type CountScaling,
  hasEnded,
  minutesPerWeek,
  type ObjectRef,
  objectRefSchema,
} from './analysis';
export {
  type AnalysisHint,
  type AnalysisInput,
  analysisInputSchema,
  type AnalysisMetrics,
  type AnalysisRequested,
  analysisRequestedSchema,
  type AnalysisResult,
  analysisResultSchema,
} from './analysis-documents';
export { decodeCounts, encodeCounts } from './counts-codec';
export { DomainError, type DomainErrorKind } from './errors';
export { type AnalysisId, newAnalysisId, parseAnalysisId, parseUserId, type UserId } from './ids';
export { parseInstant } from './instant';
export { localClock, startOfLocalDay } from './local-time';
export {
  type Attention,
  attentionSchema,
  type ModelManifest,
  modelManifestSchema,
  type Precision,
  precisionSchema,
  type Scaling,
  scalingSchema,
} from './model';
export { OversizeError } from './oversize-error';
export {
  type AuthProvider,
  type Principal,
  type TokenRefusal,
  TokenRefused,
  type Tokens,
} from './ports/auth-provider';
export type { CallOptions } from './ports/call-options';
export type { CloudProvider } from './ports/cloud-provider';
export type {
  AnalysisName,
  HealthDataRepository,
  Page,
  SampleQuery,
} from './ports/health-data-repository';
export type {
  HeldClaim,
  IdempotencyClaim,
  IdempotencyLedger,
  RecordedAnswer,
} from './ports/idempotency-ledger';
export type { InferenceProvider } from './ports/inference-provider';
export type { Job, JobQueue, MessageBus } from './ports/messages';
export type { ObjectStore } from './ports/object-store';
export type { SecretStore } from './ports/secret-store';
export { type AnalysisRequestReading, readAnalysisRequest } from './read-analysis-request';
export { modelManifestKey, readModelManifest } from './read-model-manifest';
export {
  type BloodPressure,
  parseSample,
  type Sample,
  type SampleValue,
  timed,
  type TimedSample,
} from './sample';
export {
  type BloodPressureType,
  isSampleType,
  type QuantityType,
  type SampleType,
  sampleTypeNames,
  sampleTypes,
  type SleepStage,
  sleepStages,
  type SleepStageType,
} from './sample-types';
