import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { HealthDataRepository } from '@clarity/domain';
import { defaultBlockLimits, type BlockLimits } from '../day-blocks/add-to-day';
import { addSamples } from './add-samples';
import { dynamoAnalyses } from './analyses';
import { dynamoDayStore } from './day-store';
import { findSamples } from './find-samples';

/** Samples as day blocks and analyses as items of the one table; keys in libs/aws/README.md. */
export function dynamoHealthDataRepository(
  client: DynamoDBClient,
  table: string,
  limits: BlockLimits = defaultBlockLimits,
): HealthDataRepository {
  const days = dynamoDayStore(client, table);
  return {
    ...dynamoAnalyses(client, table),
    addSamples: (userId, samples) => addSamples(days, limits, userId, samples),
    findSamples: (userId, query) => findSamples(client, table, userId, query),
  };
}
