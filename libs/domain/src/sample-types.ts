/**
 * The sample types, their plausible ranges and UCUM units (https://ucum.org). A value outside the
 * range is a device error or a unit mix-up, so it is rejected and never stored.
 */
export interface QuantityType {
  readonly kind: 'quantity';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Of one sample, in milliseconds, if it is less than for other types. */
  readonly longest?: number;
}
export interface BloodPressureType {
  readonly kind: 'blood-pressure';
  readonly unit: 'mm[Hg]';
  readonly systolic: { readonly min: number; readonly max: number };
  readonly diastolic: { readonly min: number; readonly max: number };
}
export interface SleepStageType {
  readonly kind: 'sleep-stage';
  /** A stage has no unit; UCUM writes "no unit" as 1. */
  readonly unit: '1';
}

const quantity = (unit: string, min: number, max: number): QuantityType => ({
  kind: 'quantity',
  unit,
  min,
  max,
});

export const sampleTypes = {
  heart_rate: quantity('/min', 30, 300),
  resting_heart_rate: quantity('/min', 30, 120),
  heart_rate_variability_sdnn: quantity('ms', 0, 200),
  blood_pressure: {
    kind: 'blood-pressure',
    unit: 'mm[Hg]',
    systolic: { min: 70, max: 250 },
    diastolic: { min: 40, max: 150 },
  },
  oxygen_saturation: quantity('%', 70, 100),
  respiratory_rate: quantity('/min', 5, 60),
  body_temperature: quantity('Cel', 35, 42),
  blood_glucose: quantity('mg/dL', 50, 500),
  step_count: quantity('{steps}', 0, 100_000),
  distance: quantity('km', 0, 100),
  active_energy: quantity('kcal', 0, 5_000),
  exercise_time: quantity('min', 0, 1_440),
  flights_climbed: quantity('{flights}', 0, 500),
  vo2_max: quantity('mL/kg/min', 10, 80),
  sleep_analysis: { kind: 'sleep-stage', unit: '1' },
  /**
   * Counts of about one minute: spread over more than an hour, they tell nothing about sleep. Devices differ by orders
   * of magnitude, hence the wide range.
   */
  activity_count: { ...quantity('{counts}', 0, 1_000_000), longest: 3_600_000 },
  mood: quantity('{score}', 1, 10),
} as const satisfies Record<string, QuantityType | BloodPressureType | SleepStageType>;

export type SampleType = keyof typeof sampleTypes;

export const sampleTypeNames = Object.keys(sampleTypes) as SampleType[];

export const sleepStages = ['awake', 'light', 'deep', 'rem', 'in_bed', 'asleep'] as const;
export type SleepStage = (typeof sleepStages)[number];

export function isSampleType(text: string): text is SampleType {
  return Object.hasOwn(sampleTypes, text);
}
