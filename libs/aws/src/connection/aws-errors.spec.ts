import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { DomainError } from '@clarity/domain';
import { aUser, anAnalysis } from '@clarity/domain/testing';
import { jsonError, withScriptedAws } from '../../test/scripted-aws';
import { dynamoHealthDataRepository } from '../health-data/dynamo-health-data-repository';
import { s3ObjectStore } from '../s3-object-store';
import { callAws } from './aws-errors';

const region = 'us-east-1';

async function dynamoFailure(name: string): Promise<DomainError> {
  return withScriptedAws([jsonError(name)], async (endpoint) => {
    const client = new DynamoDBClient({ region, endpoint, maxAttempts: 1 });
    const repository = dynamoHealthDataRepository(client, 'table');
    return repository.findAnalysis(aUser(), anAnalysis().id).then(
      () => {
        throw new Error('It was accepted.');
      },
      (error: DomainError) => error,
    );
  });
}

describe('an error of AWS', () => {
  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'AccessDeniedException',
    'ResourceNotFoundException',
    'InternalServerError',
    'SomethingNewException',
  ])("%s is unavailable, with AWS's message only in the cause", async (name) => {
    const error = await dynamoFailure(name);
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(error.message).not.toMatch(/secret detail|table/);
    expect(error.cause).toMatchObject({ name });
  });

  it('is distinguished from throttling by its message', async () => {
    const [throttled, broken] = await Promise.all([
      dynamoFailure('ThrottlingException'),
      dynamoFailure('InternalServerError'),
    ]);
    expect(throttled?.message).not.toBe(broken?.message);
  });

  it('is unavailable too if nothing answers', async () => {
    const client = new DynamoDBClient({ region, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    const repository = dynamoHealthDataRepository(client, 'table');
    await expect(repository.findAnalysis(aUser(), anAnalysis().id)).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('that a port gives a meaning has that', async () => {
    const call = async () => {
      throw Object.assign(new Error('raw'), { name: 'Named' });
    };
    await expect(callAws('X', call, { Named: ['conflict', 'taken'] })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'taken',
    });
  });
});

describe('S3', () => {
  const conflict = { status: 409, body: '<Error><Code>ConditionalRequestConflict</Code></Error>' };
  const put = (answers: (typeof conflict)[]) =>
    withScriptedAws(answers, async (endpoint, requests) => {
      const client = new S3Client({ region, endpoint, forcePathStyle: true, maxAttempts: 1 });
      const options = { contentType: 'text/plain', ifAbsent: true };
      const answer = s3ObjectStore(client, 'bucket').put('key', Buffer.from('x'), options);
      return answer.then(
        (result) => ({ result, requests: requests() }),
        ({ kind }: DomainError) => ({ result: kind, requests: requests() }),
      );
    });

  it('is asked again while two conditional writers are undecided', async () => {
    const stored = { status: 200, body: '' };
    expect(await put([conflict, conflict, stored])).toEqual({ result: 'stored', requests: 3 });
    const taken = { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' };
    expect(await put([conflict, taken])).toEqual({ result: 'exists', requests: 2 });
  });

  it('stops asking', async () => {
    expect(await put([conflict])).toEqual({ result: 'unavailable', requests: 4 });
  });
});
