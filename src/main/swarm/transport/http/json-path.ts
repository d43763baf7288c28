import { JSONPathEnvironment, JSONPathError, type JSONValue } from 'json-p3';

/** How deep JSON may be nested: what looks into it goes down level by level, and must not run out of stack. */
export const MAX_JSON_LEVELS = 1000;

// One more than it will meet: it throws at its limit.
const environment = new JSONPathEnvironment({ maxRecursionDepth: MAX_JSON_LEVELS + 2 });

/** A compiled JSON path (RFC 9535), for documents of at most `MAX_JSON_LEVELS`. */
export interface JsonPath {
  /** The first value that it selects, `{}` when there is none. */
  first(document: unknown): { value?: unknown };
}

/** Compiles a JSON path. Throws an Error with one sentence when it is not one. */
export function compileJsonPath(path: string): JsonPath {
  try {
    const query = environment.compile(path);
    return {
      first(document) {
        const node = query.match(document as JSONValue);
        return node ? { value: node.value } : {};
      },
    };
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw new Error(`"${path}" is not a JSON path (RFC 9535), such as $.token: ${error.message}`);
  }
}
