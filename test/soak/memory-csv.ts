import type { ProcessWatch } from './process-watch';

/**
 * Memory and descriptors over time as CSV. Heap is what was held after a collection, and what of it is compiled code; its rows have no other figures, as it
 * is taken at times of its own.
 */
export function memoryCsv(watch: ProcessWatch, began: number): string {
  const rows: { at: number; cells: (string | number)[] }[] = [];
  for (const [part, samples] of watch.samples) {
    for (const { at, pid, rssBytes, descriptors } of samples) {
      const { socket = 0, pipe = 0, file = 0, ...others } = descriptors;
      const other = Object.values(others).reduce((sum, count) => sum + count, 0);
      rows.push({ at, cells: [part, pid, rssBytes, '', '', socket, pipe, file, other] });
    }
    for (const pid of new Set(samples.map((sample) => sample.pid))) {
      for (const { at, heapBytes, codeBytes } of watch.probed(pid)) {
        rows.push({ at, cells: [part, pid, '', heapBytes, codeBytes, '', '', '', ''] });
      }
    }
  }
  rows.sort((a, b) => a.at - b.at);
  const head = 'seconds,process,pid,rss_bytes,heap_bytes,code_bytes,sockets,pipes,files,other_descriptors';
  return [head, ...rows.map(({ at, cells }) => [((at - began) / 1000).toFixed(1), ...cells].join(',')), ''].join('\n');
}
