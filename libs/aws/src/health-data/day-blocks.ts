import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CallOptions, TimedSample } from '@clarity/domain';
import { decodeBlock } from '../sample-blocks/block-codec';
import type { Runs } from '../sample-blocks/merge-samples';
import { inOrder } from '../sample-blocks/position';
import type { Series } from './block-store';
import { dayPrefix, endOf } from './keys';
import { queryRange, type Item } from './query-range';

/**
 * The earlier layout (decision 11): blocks of a UTC day, cut by arrival. They are read and never
 * written any more; what they hold is never stored again.
 */
export interface DayBlocks {
  /** @returns YYYY-MM-DD of the last day that has any; undefined if none has */
  lastDay(series: Series, options?: CallOptions): Promise<string | undefined>;
  /**
   * Day after day, the samples of whole days.
   * @param range `first` and `last` are YYYY-MM-DD and included; of how many samples are `wanted` it
   *   depends how much is read at once
   */
  days(
    series: Series,
    range: { readonly first: string; readonly last: string; readonly wanted: number },
    options?: CallOptions,
  ): Runs;
}

/** A day of minutes; how many blocks a page probably needs follows from it. */
const samplesOfAFullDay = 1_440;
const mostAtOnce = 40;

export function dynamoDayBlocks(client: DynamoDBClient, table: string): DayBlocks {
  const query = queryRange(client, table);
  return {
    async lastDay({ userId, type }, options) {
      const prefix = dayPrefix(type);
      const range = { from: prefix, to: endOf(prefix) };
      const last = { Limit: 1, ScanIndexForward: false };
      const { Items = [] } = await query(userId, range, last, options);
      return Items[0] && dateOf(Items[0]);
    },

    async *days({ userId, type }, { first, last, wanted }, options) {
      const range = { from: dayPrefix(type, first), to: endOf(dayPrefix(type, last)) };
      // One more than the page fills: only the next day's block proves that a day is complete.
      let limit = Math.min(mostAtOnce, Math.ceil(wanted / samplesOfAFullDay) + 1);
      let from: Item | undefined;
      let day: { date: string; samples: readonly TimedSample[] } | undefined;
      do {
        const more = { Limit: limit, ...(from && { ExclusiveStartKey: from }) };
        const page = await query(userId, range, more, options);
        for (const item of page.Items ?? []) {
          const date = dateOf(item);
          const samples = await decodeBlock(item['data']?.B ?? new Uint8Array());
          if (day && day.date !== date) yield inOrder(day.samples);
          day = { date, samples: day?.date === date ? day.samples.concat(samples) : samples };
        }
        from = page.LastEvaluatedKey;
        limit = Math.min(mostAtOnce, limit * 2);
      } while (from);
      if (day) yield inOrder(day.samples);
    },
  };
}

function dateOf(item: Item): string {
  return item['sk']?.S?.split('#')[2] ?? '';
}
