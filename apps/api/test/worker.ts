import {
  parseAnalysisId,
  parseUserId,
  type AnalysisFailure,
  type CloudProvider,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';

/** What the worker does when it is done with an analysis. */
export async function endAsWorker(
  cloud: CloudProvider,
  userId: string,
  id: string,
  result: object,
): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(result));
  const key = `analyses/${id}/result.json`;
  await cloud.objects.put(key, bytes, { contentType: 'application/json', ifAbsent: true });
  const sha256 = sha256Of(bytes);
  await cloud.healthData.endAnalysis(...idsOf(userId, id), {
    status: 'completed',
    endedAt: '2025-03-12T08:00:05.000Z',
    result: { bucket: cloud.objects.bucket, key, sha256 },
  });
  return key;
}

export async function failAsWorker(
  cloud: CloudProvider,
  userId: string,
  id: string,
  failure: AnalysisFailure,
): Promise<void> {
  await cloud.healthData.endAnalysis(...idsOf(userId, id), {
    status: 'failed',
    endedAt: '2025-03-12T08:00:05.000Z',
    failure,
  });
}

function idsOf(userId: string, id: string) {
  const ids = [parseUserId(userId), parseAnalysisId(id)] as const;
  if (ids[0] === undefined || ids[1] === undefined) throw new Error('no ids');
  return [ids[0], ids[1]] as const;
}
