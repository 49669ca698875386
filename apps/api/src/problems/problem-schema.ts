import Type from 'typebox';
import { problemCatalogue, problemType, type ProblemName } from '@clarity/schema';

/** The shape of every error body, for the contract. */
export const problemSchema = Type.Object(
  {
    type: Type.String({
      enum: (Object.keys(problemCatalogue) as ProblemName[]).map(problemType),
      description: 'What went wrong; stable, to branch on.',
    }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'For people. May change.' }),
    instance: Type.String({ description: 'The path that was asked for.' }),
    requestId: Type.String({ description: 'Quote it when you report the problem.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          in: Type.String({ enum: ['body', 'query', 'path', 'header'] }),
          pointer: Type.String({
            description: 'RFC 6901 JSON pointer into that part of the request.',
          }),
          detail: Type.String(),
        }),
        { description: 'Each offending place of the request.' },
      ),
    ),
    failure: Type.Optional(
      Type.Object(
        { code: Type.String(), detail: Type.String() },
        { description: 'With `analysis-failed`: why the analysis ended without a result.' },
      ),
    ),
  },
  { title: 'Problem', description: 'RFC 9457 problem details.' },
);
