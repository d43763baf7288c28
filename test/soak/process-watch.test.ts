import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp-folder';
import { childrenOf, descriptorsOf, residentBytes, titleOf } from './process-files';
import { heldTrend } from './process-lines';
import { ProcessWatch, probeUrl } from './process-watch';
import { growthLine } from './verdict';

describe('what is told of a process', () => {
  it('its memory, descriptors by kind, title and children', async () => {
    const child = spawn('node', ['-e', 'process.title = "Nodeswarm shard 3"; console.log("up"); setInterval(() => {}, 1000)'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    expect(childrenOf(process.pid)).toContain(pid);
    expect(titleOf(pid)).toBe('Nodeswarm shard 3');
    expect(residentBytes(pid)).toBeGreaterThan(10e6);
    expect(descriptorsOf(pid)['anon_inode:[eventpoll]']).toBeGreaterThan(0);
    expect(new ProcessWatch(process.pid, process.pid, tempFolder()).processes().get('shard 3')).toBe(pid);
  });

  it('a file that is left open is one more', () => {
    const before = descriptorsOf(process.pid).file ?? 0;
    const kept = Array.from({ length: 3 }, () => openSync('/dev/null', 'r'));
    expect(kept.length).toBe(3);
    expect(descriptorsOf(process.pid).file).toBe(before + 3);
  });

  it('nothing of one that is gone', () => {
    expect(residentBytes(2 ** 30)).toBeNull();
    expect(descriptorsOf(2 ** 30)).toEqual({});
    expect(childrenOf(2 ** 30)).toEqual([]);
  });
});

describe('memory of a process', () => {
  it('that leaks is found to grow', { timeout: 60_000 }, async () => {
    const folder = tempFolder();
    const leaking = 'const kept = []; setInterval(() => kept.push("x".repeat(9000) + kept.length, Buffer.alloc(9000)), 10)';
    const child = spawn('node', [`--import=${probeUrl(folder, 0.02)}`, '-e', leaking], { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const began = Date.now();
    const watch = new ProcessWatch(child.pid ?? 0, process.pid, folder);
    const grown = () => {
      watch.look();
      const rests = Array.from({ length: (Date.now() - began) / 100 }, (_, i) => ({
        from: began + i * 100,
        to: began + i * 100 + 99,
      }));
      return growthLine('memory', heldTrend(watch.heapStretches('host', began, 500, rests))).verdict;
    };
    await expect.poll(grown, { timeout: 50_000, interval: 200 }).toBe('FAILED');
  });
});

describe('stretches of memory', () => {
  it('leave out compiled code and the beginning of each life, and take the least of each rest', () => {
    const folder = tempFolder();
    const watch = new ProcessWatch(1, 1, folder);
    const lives = [
      { pid: 11, from: 0 },
      { pid: 12, from: 100_000 },
    ];
    watch.samples.set(
      'store',
      lives.flatMap(({ pid, from }) =>
        Array.from({ length: 20 }, (_, i) => ({ at: from + i * 5000, pid, rssBytes: 1000 * pid + i, descriptors: {} })),
      ),
    );
    for (const { pid, from } of lives) {
      const probes = Array.from({ length: 20 }, (_, i) => ({
        at: from + i * 5000,
        heapBytes: 100 * i,
        codeBytes: 99 * i,
        resources: {},
        warnings: {},
      }));
      writeFileSync(join(folder, `${pid}.jsonl`), `${probes.map((probe) => JSON.stringify(probe)).join('\n')}\n{"half`);
    }
    const resident = watch.residentStretches('store', 0, 50_000);
    expect(resident.map((stretch) => stretch.length)).toEqual([10, 10]);
    expect(resident[1]?.[0]).toEqual({ x: 150_000 / 3_600_000, y: 12_010 });
    // One rest in the warm-up, one between two collections, two that count in each life.
    const rests = [
      ...[10_000, 71_000, 75_000, 85_000].map((at) => ({ from: at, to: at + (at === 71_000 ? 1000 : 9000) })),
      ...[160_000, 180_000].map((at) => ({ from: at, to: at + 9000 })),
    ];
    expect(watch.heapStretches('store', 0, 50_000, rests).map((stretch) => stretch.map(({ y }) => y))).toEqual([
      [15, 17],
      [12, 16],
    ]);
  });
});
