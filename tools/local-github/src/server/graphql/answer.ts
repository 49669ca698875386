import type { Caller } from '../access/tokens';
import { Refusal } from '../refusal';
import type { Facts, Response } from '../request';
import { GraphqlError } from './graphql-error';
import { parseGraphql } from './parse';
import { project } from './project';
import { mutationSchema, querySchema } from './schema';

/**
 * Answers a request of the GraphQL API.
 * @param body JSON with `query` and `variables`
 * @throws Refusal 501 for what this server does not have
 */
export function graphqlAnswer({ store, addresses }: Facts, caller: Caller, body: string): Response {
  const { query, variables = {} } = JSON.parse(body) as {
    query: string;
    variables?: Readonly<Record<string, unknown>>;
  };
  const { kind, fields } = parseGraphql(query, variables);
  const graph = { store, addresses, caller };
  const schema = kind === 'query' ? querySchema(graph) : mutationSchema(graph);
  try {
    return { status: 200, headers: {}, body: { data: project(schema, fields) } };
  } catch (error) {
    const { type, message } = refused(error);
    const path = fields.map(({ name }) => name).slice(0, 1);
    return { status: 200, headers: {}, body: { data: null, errors: [{ type, path, message }] } };
  }
}

function refused(error: unknown): Pick<GraphqlError, 'type' | 'message'> {
  if (error instanceof GraphqlError) return error;
  if (error instanceof Refusal && error.status === 403)
    return { type: 'FORBIDDEN', message: error.message };
  throw error;
}
