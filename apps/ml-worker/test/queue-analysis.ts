import type { Analysis, AnalysisRequested, CloudProvider } from '@clarity/domain';
import { anAnalysis } from '@clarity/domain/testing';
import { sha256Of } from '@clarity/schema';

/**
 * Asks a model "in-memory" for an analysis as the API does: input stored, analysis created, event published.
 * @param document the input, as an object or as the text that is stored
 */
export async function queueAnalysis(
  cloud: Pick<CloudProvider, 'objects' | 'healthData' | 'events'>,
  document: (analysis: Analysis) => object | string,
): Promise<{ analysis: Analysis; message: AnalysisRequested }> {
  const blank = anAnalysis({ model: 'in-memory' });
  const content = document(blank);
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const input = {
    bucket: cloud.objects.bucket,
    key: `analyses/${blank.id}/input.json`,
    sha256: sha256Of(bytes),
  };
  const analysis = { ...blank, input };
  const message: AnalysisRequested = {
    schema: 1,
    type: 'analysis.requested',
    analysisId: analysis.id,
    userId: analysis.userId,
    input,
    model: analysis.model,
    requestedAt: analysis.requestedAt,
  };
  await cloud.objects.put(input.key, bytes, { contentType: 'application/json' });
  await cloud.healthData.createAnalysis(analysis);
  await cloud.events.publish(message);
  return { analysis, message };
}
