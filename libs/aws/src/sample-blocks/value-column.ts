import {
  sampleTypes,
  type BloodPressure,
  type SampleType,
  type SampleValue,
  type SleepStage,
} from '@clarity/domain';
import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';
import { readNumbers, writeNumbers } from './number-column';
import { readTexts, writeTexts } from './text-column';

/** Values of one type, in as many columns as the type has parts. */
export function writeValues(
  out: ByteWriter,
  type: SampleType,
  values: readonly SampleValue[],
): void {
  switch (sampleTypes[type].kind) {
    case 'quantity':
      return writeNumbers(out, values as readonly number[]);
    case 'sleep-stage':
      return writeTexts(out, values as readonly SleepStage[]);
    case 'blood-pressure': {
      const pressures = values as readonly BloodPressure[];
      for (const part of ['systolic', 'diastolic'] as const)
        writeNumbers(
          out,
          pressures.map((pressure) => pressure[part]),
        );
    }
  }
}

export function readValues(input: ByteReader, type: SampleType, count: number): SampleValue[] {
  switch (sampleTypes[type].kind) {
    case 'quantity':
      return readNumbers(input, count);
    case 'sleep-stage':
      return readTexts(input, count) as SleepStage[];
    case 'blood-pressure': {
      const systolic = readNumbers(input, count);
      const diastolic = readNumbers(input, count);
      return systolic.map((each, n) => ({ systolic: each, diastolic: diastolic[n] ?? NaN }));
    }
  }
}
