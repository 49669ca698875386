import {
  sampleTypeNames,
  sampleTypes,
  sleepStages,
  type BloodPressureType,
  type QuantityType,
  type Sample,
  type SampleType,
  type SleepStageType,
} from '@clarity/domain';
import Type, { type TSchema } from 'typebox';

const fields = {
  id: Type.String({ format: 'uuid', description: 'Made by the client; sending it again is safe.' }),
  start: Type.String({ format: 'date-time', description: 'RFC 3339 with offset.' }),
  end: Type.String({ format: 'date-time', description: 'Not in the future.' }),
  source: Type.String({ minLength: 1, maxLength: 128 }),
  device: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
};

export const exampleMinute = {
  id: '6f3c2d9e-5a41-4a86-9b0f-2f6d1f0a7c11',
  type: 'activity_count',
  start: '2025-03-03T08:15:00+01:00',
  end: '2025-03-03T08:16:00+01:00',
  value: 412,
  unit: '{counts}',
  source: 'wrist',
};

/** For example `HeartRateSample`. */
export function schemaNameOf(type: SampleType): string {
  const words = type.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Sample`;
}

/**
 * A sample as the contract describes it: one schema per type, with the unit and the range of the
 * domain's table. Only for the contract; the domain's parser checks samples, and faster.
 */
export const sampleSchema = Type.Unsafe<Sample>({
  oneOf: sampleTypeNames.map(schemaOf),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(
      sampleTypeNames.map((type) => [type, `#/components/schemas/${schemaNameOf(type)}`]),
    ),
  },
  title: 'Sample',
  examples: [exampleMinute],
});

function schemaOf(type: SampleType): TSchema {
  const definition = sampleTypes[type];
  const { id, start, end, source, device } = fields;
  return Type.Object(
    {
      id,
      type: Type.Literal(type),
      start,
      end,
      value: valueOf(definition),
      unit: Type.Literal(definition.unit, { description: 'UCUM code.' }),
      source,
      device,
    },
    { additionalProperties: false, title: schemaNameOf(type) },
  );
}

function valueOf(definition: QuantityType | BloodPressureType | SleepStageType): TSchema {
  const numberIn = ({ min, max }: { readonly min: number; readonly max: number }) =>
    Type.Number({ minimum: min, maximum: max });
  switch (definition.kind) {
    case 'quantity':
      return numberIn(definition);
    case 'blood-pressure':
      return Type.Object(
        { systolic: numberIn(definition.systolic), diastolic: numberIn(definition.diastolic) },
        { additionalProperties: false },
      );
    case 'sleep-stage':
      return Type.String({ enum: [...sleepStages] });
  }
}
