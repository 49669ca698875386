import type { XSchema } from 'typebox/schema';
import document from '../github-openapi.json';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: XSchema;
}

/** One operation of GitHub's REST API. */
export interface Operation {
  /** E.g. `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  /** E.g. `/repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: XSchema };
  /** By status; null if there is no body. */
  readonly answers: Readonly<Record<string, XSchema | null>>;
}

export interface Description {
  /** Of `@octokit/openapi`. */
  readonly version: string;
  readonly operations: readonly Operation[];
  readonly $defs: Readonly<Record<string, XSchema>>;
}

/** GitHub's own description of what the server answers; refresh-openapi.mjs makes it. */
export const description = document as unknown as Description;

/** The operation of a request, and the parameters in its path. */
export function findOperation(
  method: string,
  pathname: string,
): { readonly operation: Operation; readonly path: Readonly<Record<string, string>> } | undefined {
  for (const operation of description.operations) {
    const path = operation.method === method ? matchPath(operation.path, pathname) : undefined;
    if (path) return { operation, path };
  }
  return undefined;
}

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '');
    if (value === undefined) return undefined;
    if (part.startsWith('{')) values[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return values;
}

/** @returns undefined for a part that is not escaped as it should be */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
