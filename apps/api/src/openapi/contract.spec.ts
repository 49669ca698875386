import {
  parseSample,
  sampleTypeNames,
  sampleTypes,
  sleepStages,
  type SampleType,
} from '@clarity/domain';
import { Compile } from 'typebox/compile';
import { appUnderTest, wednesday as now } from '../../test/app-under-test';
import { inlined, operations, resolve, type Contract } from '../../test/contract-document';
import { contractGaps } from '../../test/contract-gaps';
import { minuteSample } from '../../test/fixtures/week-of-minutes';
import { schemaNameOf } from '../routes/samples/sample-schema';

const aSample = minuteSample(0);

/** Values at and beyond the edges of what a type allows. */
function valuesOf(type: SampleType): { value: unknown; fits: boolean }[] {
  const definition = sampleTypes[type];
  switch (definition.kind) {
    case 'quantity':
      return [
        { value: definition.min, fits: true },
        { value: definition.max, fits: true },
        { value: definition.min - 0.5, fits: false },
        { value: definition.max + 0.5, fits: false },
        { value: String(definition.min), fits: false },
      ];
    case 'blood-pressure': {
      const { systolic, diastolic } = definition;
      return [
        { value: { systolic: systolic.max, diastolic: diastolic.min }, fits: true },
        { value: { systolic: systolic.max + 1, diastolic: diastolic.min }, fits: false },
        { value: { systolic: systolic.max }, fits: false },
        { value: { systolic: 120, diastolic: 80, pulse: 60 }, fits: false },
        { value: 'oops', fits: false },
      ];
    }
    case 'sleep-stage':
      return [
        ...sleepStages.map((value) => ({ value, fits: true })),
        { value: 'snoring', fits: false },
      ];
  }
}

async function contract(): Promise<Contract> {
  const { app } = await appUnderTest();
  return (await app.inject('/openapi.json')).json();
}

function refsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' ? [String(value)] : refsOf(value),
  );
}

describe('the contract', () => {
  it('is OpenAPI 3.1', async () => {
    expect((await contract()).openapi).toBe('3.1.0');
  });

  it('has no dangling reference', async () => {
    const document = await contract();
    const broken = refsOf(document).filter((ref) => resolve(ref, document) === undefined);
    expect(broken).toEqual([]);
    expect(Object.keys(document.components.schemas).sort()).toEqual(
      [
        'Analysis',
        'AnalysisPage',
        'AnalysisResult',
        'BatchOutcome',
        'Model',
        'Problem',
        'Sample',
        'SamplePage',
        'Tokens',
        ...sampleTypeNames.map(schemaNameOf),
      ].sort(),
    );
  });

  it('names, describes, protects and illustrates every operation', async () => {
    expect(contractGaps(await contract())).toEqual([]);
  });
});

describe('a sample in the contract', () => {
  async function sampleSchemas() {
    const document = await contract();
    const named = (name: string) =>
      Compile(inlined(document.components.schemas[name], document) as never);
    return { document, any: named('Sample'), of: (type: SampleType) => named(schemaNameOf(type)) };
  }

  it('is one of its types, distinguished by `type`, in requests and answers alike', async () => {
    const { document } = await sampleSchemas();
    const { oneOf, discriminator } = document.components.schemas['Sample'] as {
      oneOf: { $ref: string }[];
      discriminator: { propertyName: string; mapping: Record<string, string> };
    };
    expect(discriminator.propertyName).toBe('type');
    expect(Object.keys(discriminator.mapping)).toEqual(sampleTypeNames);
    expect(oneOf.map(({ $ref }) => $ref)).toEqual(Object.values(discriminator.mapping));
    for (const [type, ref] of Object.entries(discriminator.mapping))
      expect(resolve(ref, document)).toMatchObject({ properties: { type: { const: type } } });
    const page = JSON.stringify(document.components.schemas['SamplePage']);
    const batch = JSON.stringify(document.paths['/v1/samples:batch']);
    for (const user of [page, batch]) expect(user).toContain('"#/components/schemas/Sample"');
  });

  it('accepts what the domain accepts, at both ends of each range, and refuses what it refuses', async () => {
    const { any, of } = await sampleSchemas();
    for (const type of sampleTypeNames) {
      const schema = of(type);
      for (const { value, fits } of valuesOf(type)) {
        const sample = { ...aSample, type, value, unit: sampleTypes[type].unit };
        expect([type, value, parseSample(sample, now).ok]).toEqual([type, value, fits]);
        expect([type, value, schema.Check(sample), any.Check(sample)]).toEqual([
          type,
          value,
          fits,
          fits,
        ]);
        expect(schema.Check({ ...sample, unit: 'bananas' })).toBe(false);
      }
    }
  });

  it('is not a blood pressure if its value is a text', async () => {
    const { any } = await sampleSchemas();
    const pressure = { ...aSample, type: 'blood_pressure', unit: 'mm[Hg]' };
    expect(any.Check({ ...pressure, value: { systolic: 120, diastolic: 80 } })).toBe(true);
    expect(any.Check({ ...pressure, value: 'oops' })).toBe(false);
  });
});

it('the contract lists every way in which a request can be refused', async () => {
  for (const [name, operation] of operations(await contract())) {
    const statuses = Object.keys(operation.responses);
    expect([name, ...statuses]).toEqual(expect.arrayContaining(['500', '503']));
    if (operation.requestBody)
      expect(statuses).toEqual(expect.arrayContaining(['400', '408', '413', '415']));
    if (name.includes('{')) expect(statuses).toEqual(expect.arrayContaining(['400', '414']));
  }
});

it('times in addresses have a format', async () => {
  const { paths } = await contract();
  const { parameters = [] } = paths['/v1/samples']?.['get'] ?? {};
  for (const name of ['from', 'to'])
    expect(parameters).toContainEqual(
      expect.objectContaining({ name, schema: expect.objectContaining({ format: 'date-time' }) }),
    );
});

describe('the page of the contract', () => {
  it('runs from its own files under a strict policy', async () => {
    const { app } = await appUnderTest();
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const file of files)
      expect([file, (await app.inject(file)).statusCode]).toEqual([file, 200]);
  });
});
