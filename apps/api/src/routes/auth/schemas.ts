import Type from 'typebox';

const strict = { additionalProperties: false };

const email = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@]+@[^\\s@]+$',
  examples: ['ada@example.org'],
});
const password = Type.String({
  minLength: 1,
  maxLength: 256,
  description: 'Has to fit the password policy of the user pool.',
  examples: ['correct horse battery staple 1!'],
});

const account = { email: 'ada@example.org', password: 'correct horse battery staple 1!' };

export const credentialsSchema = Type.Object(
  { email, password },
  { ...strict, examples: [account] },
);

export const confirmationSchema = Type.Object(
  {
    email,
    code: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'As sent to the mail address.',
    }),
  },
  { ...strict, examples: [{ email: account.email, code: '123456' }] },
);

export const refreshSchema = Type.Object(
  { refreshToken: Type.String({ minLength: 1, maxLength: 8_192 }) },
  { ...strict, examples: [{ refreshToken: 'eyJjdHkiOiJKV1QiLCJlbmMi…' }] },
);

export const tokensSchema = Type.Object(
  {
    accessToken: Type.String({ description: 'The bearer token for everything else.' }),
    idToken: Type.String(),
    refreshToken: Type.Optional(
      Type.String({ description: 'Absent after a refresh: the old one stays valid.' }),
    ),
    expiresInSeconds: Type.Integer({ minimum: 0 }),
  },
  {
    title: 'Tokens',
    description: 'Tokens of the account.',
    examples: [
      {
        accessToken: 'eyJraWQiOiJhY2Nlc3Mi…',
        idToken: 'eyJraWQiOiJpZCI6…',
        refreshToken: 'eyJjdHkiOiJKV1Qi…',
        expiresInSeconds: 3600,
      },
    ],
  },
);
