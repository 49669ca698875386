import type { ModelManifest } from '../model';

/** Turns weeks of movement into embeddings with one loaded model. */
export interface InferenceProvider {
  readonly manifest: ModelManifest;
  /**
   * @param weeks each [10080] raw counts; NaN = missing (scaling and filling are the model's business)
   * @returns for each week its embedding [96]
   * @throws ValidationError for a week that cannot be scaled (no data)
   */
  embed(weeks: readonly Float32Array[]): Promise<readonly Float32Array[]>;
}
