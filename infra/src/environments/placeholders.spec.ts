import { embedded } from './accounts';
import { placeholdersIn, refusePlaceholders } from './placeholders';
import { environments } from './select';

const shipped = Object.values(environments).filter(({ account }) => account !== embedded);

describe('placeholders', () => {
  it.each(shipped.map((environment) => [environment.name, environment] as const))(
    'of %s are refused, each by its place',
    (_name, environment) => {
      expect(() => refusePlaceholders(environment)).toThrow('has placeholders');
      const pointers = placeholdersIn(environment).map(({ pointer }) => pointer);
      expect(pointers).toEqual(
        expect.arrayContaining([
          '/account/id',
          '/account/state/bucket',
          '/account/state/kmsKeyArn',
          '/account/github/subjectPrefix',
          '/account/alerts/emails/0',
          '/domain/zone/name',
          '/domain/api',
          '/observability/alerts/emails/0',
        ]),
      );
    },
  );

  it('do not include an owner’s values', () => {
    const own = {
      account: { id: '111111111112', github: { subjectPrefix: 'repo:clarity/clarity' } },
      domain: { api: 'api.example.com' },
      alerts: { emails: ['a@examples.org'] },
    };
    expect(placeholdersIn(own)).toEqual([]);
  });
});
