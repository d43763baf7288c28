import { type LinearTrend, linearTrend, type Point } from './linear-trend';
import type { Descriptors } from './process-files';
import type { ProcessWatch, TimeSpan } from './process-watch';
import { stepTrend } from './step-trend';
import { growthLine, lineOf, type SoakLine, sameSlopeLine } from './verdict';

/** Of the intervals of growth. There are some ten of them in a soak, so that 95 % would give a false alarm now and then. */
const CONFIDENCE = 0.99;
/** By how much the second half of a run may fill the database faster or slower than the first. */
const SIZE_TOLERANCE = 0.1;
/** A shard opens a connection for a node before the one that broke is gone from the system. */
const SPARE_SOCKETS = 32;

/** Memory of every process of the app. `shards`: how many; `rests`: when nothing else happened. */
export function memoryLines(
  watch: ProcessWatch,
  began: number,
  warmUpMs: number,
  shards: number,
  rests: readonly TimeSpan[],
): SoakLine[] {
  const parts = ['host', 'store', ...Array.from({ length: shards }, (_, shard) => `shard ${shard}`)];
  return [
    ...parts.flatMap((part) => [
      growthLine(`memory held after a collection: ${part}`, heldTrend(watch.heapStretches(part, began, warmUpMs, rests))),
      growthLine(`memory resident: ${part}`, stepTrend(watch.residentStretches(part, began, warmUpMs), CONFIDENCE)),
    ]),
    {
      ...growthLine('memory resident: backend', stepTrend(watch.residentStretches('backend', began, warmUpMs), CONFIDENCE)),
      goal: 'none: not the app',
      verdict: 'no goal',
    },
  ];
}

/** Of what is held: a line, unless values resemble their neighbours so much that it says nothing, as those of a leak that is now fast, now slow do. */
export function heldTrend(stretches: readonly (readonly Point[])[]): LinearTrend {
  const line = linearTrend(stretches, CONFIDENCE);
  const steps = stepTrend(stretches, CONFIDENCE);
  return Number.isFinite(line.halfWidth) || !Number.isFinite(steps.halfWidth) ? line : steps;
}

/**
 * Bytes of the database against the bytes that the seconds stored so far take by the documentation (`documented`, one each): as many in the second
 * half of the run as in the first. Not against time: on a machine that is busy for a while latencies spread, and a second takes more. By steps: what
 * is added up is off for good after one odd second, as a line fitted to it would not expect. `sizes`: over seconds of the run.
 */
export function databaseGrowthLine(sizes: readonly Point[], documented: readonly number[]): SoakLine {
  let sum = 0;
  const until = [0, ...documented.map((bytes) => (sum += bytes))];
  const points = sizes.map(({ x, y }) => ({ x: until[Math.min(Math.floor(x), documented.length)] ?? 0, y }));
  const middle = Math.floor(points.length / 2);
  const [first, second] = [points.slice(0, middle), points.slice(middle)].map((half) => stepTrend([half], CONFIDENCE));
  if (!first || !second) throw new Error('two halves have two trends');
  return sameSlopeLine('database: growth of the second half against the first', first, second, SIZE_TOLERANCE);
}

/** The most sockets that shards had beyond one for each node. `nodesAt`: the most nodes that there were about a moment, of all shards. */
export function socketLine(watch: ProcessWatch, shards: number, nodesAt: (at: number) => number): SoakLine {
  let most = 0;
  for (let shard = 0; shard < shards; shard++) {
    for (const { at, descriptors } of watch.samples.get(`shard ${shard}`) ?? []) {
      most = Math.max(most, (descriptors.socket ?? 0) - Math.ceil(nodesAt(at) / shards));
    }
  }
  return lineOf('sockets of a shard beyond one for each node', most, `at most ${SPARE_SOCKETS}`, most <= SPARE_SOCKETS);
}

/** Descriptors of a shard but for sockets: as many at the end as after the warm-up. */
export function shardDescriptorLine(watch: ProcessWatch, shard: number, from: number): SoakLine {
  const samples = (watch.samples.get(`shard ${shard}`) ?? []).filter(({ at }) => at >= from);
  const [first, last] = [samples[0], samples.at(-1)].map((sample) => {
    const { socket: _, ...others } = sample?.descriptors ?? {};
    return others;
  });
  return noMoreLine(`descriptors of shard ${shard} but for sockets`, first ?? {}, last ?? {});
}

/** Descriptors of an idle process after the run: none more than it had before. */
export function idleLine(part: string, before: Descriptors, after: Descriptors): SoakLine {
  return noMoreLine(`descriptors of the idle ${part} after the run`, before, after);
}

function noMoreLine(what: string, before: Descriptors, after: Descriptors): SoakLine {
  const passed = Object.keys(after).length > 0 && !hasMore(before, after);
  return lineOf(what, kindsText(after), `none more than ${kindsText(before)}`, passed);
}

/** Whether there is more of any kind than before. */
export function hasMore(before: Descriptors, after: Descriptors): boolean {
  return Object.entries(after).some(([kind, count]) => count > (before[kind] ?? 0));
}

/** Warnings of Node in any process; a leak of listeners is one. */
export function warningLine(watch: ProcessWatch): SoakLine {
  const warnings = watch.warnings();
  return lineOf('warnings of Node (listener leaks)', kindsText(warnings), 'none', Object.keys(warnings).length === 0);
}

export function kindsText(counts: Record<string, number>): string {
  const texts = Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind.replace('anon_inode:', '')}`);
  return texts.length === 0 ? 'none' : texts.join(', ');
}
