import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Point } from './linear-trend';
import { childrenOf, type Descriptors, descriptorsOf, residentBytes, titleOf } from './process-files';

/** One look at a process. Times are ms since 1970. */
export interface ProcessSample {
  at: number;
  pid: number;
  rssBytes: number;
  descriptors: Descriptors;
}

/** What the probe in a process wrote. */
export interface ProbeSample {
  at: number;
  heapBytes: number;
  /** Of these: compiled code. */
  codeBytes: number;
  resources: Record<string, number>;
  warnings: Record<string, number>;
}

/** What a process loads (`--import`) so that it writes a `ProbeSample` into `folder` every so many seconds. */
export function probeUrl(folder: string, seconds: number): string {
  const url = pathToFileURL(join(import.meta.dirname, 'probe.mjs'));
  url.search = new URLSearchParams({ seconds: String(seconds), folder }).toString();
  return url.href;
}

/** A stretch of time, ms since 1970. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** Looks at the host, its children and the backend: memory and descriptors of each, by the part that it plays. */
export class ProcessWatch {
  /** By part: `host`, `store`, `shard 0`, …, `backend`. */
  readonly samples = new Map<string, ProcessSample[]>();

  constructor(
    private readonly hostPid: number,
    private readonly backendPid: number,
    private readonly probeFolder: string,
  ) {}

  /** The processes that there are now, by part. */
  processes(): Map<string, number> {
    const found = new Map([['host', this.hostPid]]);
    for (const pid of childrenOf(this.hostPid)) {
      const title = titleOf(pid);
      const shard = /^Nodeswarm (shard \d+)/.exec(title)?.[1];
      if (shard) found.set(shard, pid);
      else if (title.startsWith('Nodeswarm history')) found.set('store', pid);
    }
    found.set('backend', this.backendPid);
    return found;
  }

  look(): void {
    const at = Date.now();
    for (const [part, pid] of this.processes()) {
      const rssBytes = residentBytes(pid);
      if (rssBytes === null) continue;
      const samples = this.samples.get(part) ?? [];
      samples.push({ at, pid, rssBytes, descriptors: descriptorsOf(pid) });
      this.samples.set(part, samples);
    }
  }

  /** Resident memory in bytes over hours, one stretch for each life of the process; the first `warmUpMs` of the run and of each life are left out. */
  residentStretches(part: string, runBegan: number, warmUpMs: number): Point[][] {
    return this.stretches(part, runBegan, warmUpMs, (_pid, samples) => samples.map(({ at, rssBytes }) => ({ at, y: rssBytes })));
  }

  /**
   * The same of what the heap holds after a collection, without compiled code: V8 goes on for tens of minutes to compile what turns out to be used
   * often, which is bounded by the program. One value for each of `rests`, in which nothing happened that changes what is held (fewer connections, an
   * export): the least of it, as a collection may meet things that are just being made or sent.
   */
  heapStretches(part: string, runBegan: number, warmUpMs: number, rests: readonly TimeSpan[]): Point[][] {
    return this.stretches(part, runBegan, warmUpMs, (pid, samples) => {
      const until = samples.at(-1)?.at ?? 0;
      const probes = this.probed(pid).filter(({ at }) => at <= until);
      return rests.flatMap(({ from, to }) => {
        const held = probes
          .filter(({ at }) => at >= from && at <= to)
          .map(({ at, heapBytes, codeBytes }) => ({ at, y: heapBytes - codeBytes }));
        return held.length === 0 ? [] : [held.reduce((least, value) => (value.y < least.y ? value : least))];
      });
    });
  }

  probed(pid: number): ProbeSample[] {
    const file = join(this.probeFolder, `${pid}.jsonl`);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    // A process that was killed may have left half a line.
    return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as ProbeSample);
  }

  /** Warnings that Node gave in any process, by name. */
  warnings(): Record<string, number> {
    const sum: Record<string, number> = {};
    for (const samples of this.samples.values()) {
      for (const pid of new Set(samples.map((sample) => sample.pid))) {
        for (const [name, count] of Object.entries(this.probed(pid).at(-1)?.warnings ?? {})) sum[name] = (sum[name] ?? 0) + count;
      }
    }
    return sum;
  }

  private stretches(
    part: string,
    runBegan: number,
    warmUpMs: number,
    valuesOf: (pid: number, samples: ProcessSample[]) => { at: number; y: number }[],
  ): Point[][] {
    const lives = Map.groupBy(this.samples.get(part) ?? [], ({ pid }) => pid);
    return [...lives].map(([pid, samples]) => {
      const from = Math.max(runBegan, samples[0]?.at ?? 0) + warmUpMs;
      return valuesOf(pid, samples)
        .filter(({ at }) => at >= from)
        .map(({ at, y }) => ({ x: (at - runBegan) / 3_600_000, y }));
    });
  }
}
