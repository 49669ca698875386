/** A request that GitHub's GraphQL API answers with an error, and the status 200. */
export class GraphqlError extends Error {
  constructor(
    readonly type: 'NOT_FOUND' | 'FORBIDDEN',
    message: string,
  ) {
    super(message);
  }
}
