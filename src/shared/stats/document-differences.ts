/** One leaf that differs; `undefined` where a document has no such place. */
export interface DocumentDifference {
  /** `load.nodes`, `nodeTypes[IoTNode].tasks[send_data].weight`, `target.headers["x-tenant.id"]`; empty for the document itself. */
  path: string;
  a: unknown;
  b: unknown;
}

type Json = Record<string, unknown>;

/**
 * What differs between two JSON documents, leaf by leaf, in document order. Members of arrays whose members all have a name of their own
 * are matched by name, so that one that was moved or inserted does not make all others differ; other arrays are matched by place.
 */
export function differences(a: unknown, b: unknown): DocumentDifference[] {
  return differencesAt('', a, b);
}

function differencesAt(path: string, a: unknown, b: unknown): DocumentDifference[] {
  const children = childrenOf(a, b);
  if (children) return children.flatMap((child) => differencesAt(path + child.step, child.a, child.b).map(withoutLeadingDot));
  return Object.is(a, b) || (isEmpty(a) && isEmpty(b) && Array.isArray(a) === Array.isArray(b)) ? [] : [{ path, a, b }];
}

/** Paths are put together with a dot before each name; the first has none. */
function withoutLeadingDot(difference: DocumentDifference): DocumentDifference {
  return difference.path.startsWith('.') ? { ...difference, path: difference.path.slice(1) } : difference;
}

interface Child {
  step: string;
  a: unknown;
  b: unknown;
}

/** The places within two values; null when they are to be compared as they are. One of them may be missing altogether. */
function childrenOf(a: unknown, b: unknown): Child[] | null {
  const present = [a, b].filter((value) => value !== undefined);
  if (present.every(isEmpty)) return null;
  if (present.every(Array.isArray)) return arrayChildren((a ?? []) as unknown[], (b ?? []) as unknown[]);
  if (present.every(isObject)) return objectChildren((a ?? {}) as Json, (b ?? {}) as Json);
  return null;
}

function arrayChildren(a: readonly unknown[], b: readonly unknown[]): Child[] {
  const namedA = byName(a);
  const namedB = byName(b);
  if (namedA && namedB) {
    return [...new Set([...namedA.keys(), ...namedB.keys()])].map((name) => ({
      step: `[${name}]`,
      a: namedA.get(name),
      b: namedB.get(name),
    }));
  }
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => ({ step: `[${index}]`, a: a[index], b: b[index] }));
}

function objectChildren(a: Json, b: Json): Child[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => ({
    step: /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    a: Object.hasOwn(a, key) ? a[key] : undefined,
    b: Object.hasOwn(b, key) ? b[key] : undefined,
  }));
}

/** Members by name; null when a member has none or two share one. */
function byName(members: readonly unknown[]): Map<string, unknown> | null {
  const named = new Map<string, unknown>();
  for (const member of members) {
    if (!isObject(member) || typeof member.name !== 'string') return null;
    named.set(member.name, member);
  }
  return named.size === members.length ? named : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
