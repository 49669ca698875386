import { validationFailed } from '../refusal';

/** Characters of a comment's or an issue's body. */
const longestBody = 65_536;

/** @throws Refusal 422 in GitHub's words */
export function requireBodyFits(resource: 'Issue' | 'IssueComment', body: unknown): void {
  if (typeof body === 'string' && [...body].length > longestBody)
    throw validationFailed({
      resource,
      field: 'body',
      code: 'custom',
      message: `body is too long (maximum is ${longestBody} characters)`,
    });
}
