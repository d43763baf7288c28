import type { CDPSession } from '@playwright/test';

/** What a page's scripts hold, bytes. */
export interface PageHeap {
  /** Compiled code, and what V8 notes beside it: bounded by the program, but V8 goes on compiling for tens of minutes. */
  code: number;
  /** Everything else in V8's heap: objects, strings, functions. */
  data: number;
  /** What is behind typed arrays, outside of V8's heap. */
  buffers: number;
}

/**
 * What the page holds now, by a snapshot of its heap: it has only what can still be reached. The size that V8 tells after a collection goes up and down
 * by 1.5 MB, because objects of page and browser that hold each other take several collections. Holds the page up for a second or two.
 */
export async function pageHeap(session: CDPSession): Promise<PageHeap> {
  const chunks: string[] = [];
  const take = ({ chunk }: { chunk: string }) => chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  return heapParts(chunks.join(''));
}

/** The parts of V8's format of snapshots that are of use here. */
interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
  strings: string[];
}

const CODE_TYPES = ['code', 'object shape', 'hidden'];
const BUFFER = 'system / JSArrayBufferData';
/** The text of strings that the browser keeps: of scripts, mostly. */
const OUTSIDE_TEXT = 'system / ExternalStringData';

/** Adds up a snapshot as V8 writes it (`.heapsnapshot`). What the browser holds for the page (elements, styles, texts of scripts) is left out. */
export function heapParts(text: string): PageHeap {
  const { snapshot, nodes, strings } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, nameAt, sizeAt] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ];
  const parts: PageHeap = { code: 0, data: 0, buffers: 0 };
  for (let node = 0; node < nodes.length; node += fields.length) {
    const part = partOf(types[0][nodes[node + typeAt] ?? 0] ?? '', strings[nodes[node + nameAt] ?? 0] ?? '');
    if (part) parts[part] += nodes[node + sizeAt] ?? 0;
  }
  return parts;
}

function partOf(type: string, name: string): keyof PageHeap | null {
  if (type !== 'native') return CODE_TYPES.includes(type) ? 'code' : 'data';
  if (name === BUFFER) return 'buffers';
  return name.startsWith('system / ') && name !== OUTSIDE_TEXT ? 'code' : null;
}
