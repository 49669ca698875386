import { readFile } from 'node:fs/promises';
import { scalingSchema, type Scaling } from '@clarity/domain';
import { parser } from '@clarity/schema';
import { ImportError } from '../weights/import-error';

const parseScaling = parser('scaling', scalingSchema);

/**
 * `z-score`, `none`, `scalar:<mean>,<deviation>` or `per-minute:<file.json>`, the file being
 * `{"mean": [10080 numbers], "deviation": [10080 numbers > 0]}`.
 * @throws ImportError
 */
export async function scalingOption(text: string): Promise<Scaling> {
  const [kind, detail = ''] = text.split(/:(.*)/s);
  try {
    if (kind === 'scalar') {
      const [mean, deviation] = detail.split(',').map(Number);
      return parseScaling({ kind, mean, deviation });
    }
    if (kind === 'per-minute') {
      const table = JSON.parse(await readFile(detail, 'utf8')) as object;
      return parseScaling({ ...table, kind });
    }
    if (detail === '') return parseScaling({ kind });
  } catch (cause) {
    throw new ImportError(`"${text}" is not a scaling: ${(cause as Error).message}`, { cause });
  }
  throw new ImportError(`"${text}" is not a scaling.`);
}
