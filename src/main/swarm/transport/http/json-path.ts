import { JSONPathError, type JSONValue, jsonpath } from 'json-p3';

/** A compiled JSON path (RFC 9535). */
export interface JsonPath {
  /** The first value that it selects, `{}` when there is none. */
  first(document: unknown): { value?: unknown };
}

/** Compiles a JSON path. Throws an Error with one sentence when it is not one. */
export function compileJsonPath(path: string): JsonPath {
  try {
    const query = jsonpath.compile(path);
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
