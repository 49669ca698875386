import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TimedSample, UserId } from '@clarity/domain';

/** How samples would be stored without packing: each an item, put unless it is there. */
export async function putItemPerSample(
  client: DynamoDBClient,
  table: string,
  userId: UserId,
  samples: readonly TimedSample[],
): Promise<void> {
  for (const { sample } of samples)
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: `USER#${userId}` },
          sk: { S: `SAMPLE#${sample.type}#${sample.start}#${sample.id}` },
          end: { S: sample.end },
          value: { N: String(sample.value) },
          unit: { S: sample.unit },
          source: { S: sample.source },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
}
