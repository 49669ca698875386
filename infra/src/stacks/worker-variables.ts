/** The variables that the worker's image reads in each of its modes: queue, endpoint and batch. */
export const workerVariables = (
  modelPrefix: string,
  executionProvider: 'cpu' | 'cuda',
): Readonly<Record<string, string>> => ({
  MODEL_PREFIX: modelPrefix,
  EXECUTION_PROVIDER: executionProvider,
  // The image sets it too; a worker that the embedded AWS runs as a process has no image.
  ORT_DISABLE_TELEMETRY: '1',
});
