import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoHealthDataRepository } from '../src/health-data/dynamo-health-data-repository';
import { uploadsOf } from './uploads';

/**
 * A process that uploads and is killed: `node uploading-process.js <endpoint> <user> <first> <end>`.
 * It prints the number of each upload that was acknowledged.
 */
async function main([endpoint = '', user = '', first = '', end = '']: readonly string[]) {
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint });
  const repository = dynamoHealthDataRepository(client, 'health');
  const { userId, uploads } = uploadsOf(user);
  const numbers = Array.from({ length: Number(end) - Number(first) }, (_, n) => Number(first) + n);
  const work = async () => {
    for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) {
      await repository.addSamples(userId, uploads[n]!);
      process.stdout.write(`${n}\n`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  client.destroy();
}

void main(process.argv.slice(2));
