import type { ModelManifest } from '@clarity/domain';

/**
 * SHA-256 of the published weight files PAT-{S,M,L}_29k (CC BY 4.0, Ruan et al., arXiv 2411.15240), as
 * one upstream's checksum file gives them.
 */
export const publishedWeights: Readonly<Record<ModelManifest['size'], string>> = {
  S: '37b3c530b8d9d89416d28fddbb4545de568cc52ddf6f5c700eeb4aa78f1c3616',
  M: 'c432f3f6f48cdd7817368d30fcad87708d6994c61324ae64885bb9f871dba575',
  L: '19f9ad1235bdbea2636b6b40c6425536d624450f0b97302b7440bf978c3ee04f',
};
