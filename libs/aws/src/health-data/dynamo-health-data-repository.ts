import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { HealthDataRepository } from '@clarity/domain';
import pLimit from 'p-limit';
import { defaultBlockLimits, type BlockLimits } from '../sample-blocks/place-samples';
import { addSamples } from './add-samples';
import { dynamoAnalyses } from './analyses';
import { dynamoBlockStore } from './block-store';
import { dynamoDayBlocks } from './day-blocks';
import { findSamples } from './find-samples';
import { lastDays } from './last-days';
import { notInDays } from './not-in-days';
import { seriesEnds } from './series-ends';
import { seriesWriters } from './series-writers';
import { storeSamples } from './store-samples';

/** About a megabyte each while samples are merged into them. */
const mostBlocksAtOnce = 32;
/** Series remembered per process; each takes about a kilobyte. */
const rememberedSeries = 8_192;

/** Samples as blocks of a series and analyses as items of the one table; keys in libs/aws/README.md. */
export function dynamoHealthDataRepository(
  client: DynamoDBClient,
  table: string,
  limits: BlockLimits = defaultBlockLimits,
): HealthDataRepository {
  const store = dynamoBlockStore(client, table);
  const dayBlocks = dynamoDayBlocks(client, table);
  const lastDayOf = lastDays(dayBlocks, rememberedSeries);
  const fresh = notInDays(dayBlocks, lastDayOf);
  const ends = seriesEnds(rememberedSeries);
  const blocksAtOnce = pLimit(mostBlocksAtOnce);
  const write = seriesWriters(async (series, samples, options) =>
    storeSamples(
      { store, limits, ends, blocksAtOnce },
      series,
      await fresh(series, samples, options),
      options,
    ),
  );
  return {
    ...dynamoAnalyses(client, table),
    addSamples: (userId, samples, options) => addSamples(write, userId, samples, options),
    findSamples: (userId, query, options) =>
      findSamples({ store, dayBlocks, lastDayOf }, userId, query, options),
  };
}
