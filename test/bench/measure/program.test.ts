import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { treeRssBytes } from './process-memory';
import { runProgram } from './program';

const TIED = { cores: [0], timeoutSeconds: 20 };

/** A Node program given as text. */
function node(source: string, ...args: string[]): [string, string[]] {
  return [process.execPath, ['-e', source, ...args]];
}

describe('programs of the bench', () => {
  test('what it prints is returned, and it is tied to the processor', async () => {
    const { stdout, stderr } = await runProgram(
      ...node(`console.log(require('fs').readFileSync('/proc/self/status', 'utf8')); console.error('to stderr')`),
      TIED,
    );
    expect(stdout).toMatch(/^Cpus_allowed_list:\s+0$/m);
    expect(stderr).toBe('to stderr\n');
  });

  test('one that fails is an error with its last words', async () => {
    await expect(runProgram(...node(`console.error('no such peer'); process.exit(3)`), TIED)).rejects.toThrow(
      /ended with 3: no such peer/,
    );
    const fine = await runProgram(...node('process.exit(3)'), { ...TIED, alsoFine: [3] });
    expect(fine.stdout).toBe('');
  });

  test('one that takes too long is ended with all that it started', async () => {
    const failure = await runProgram('sh', ['-c', 'sleep 600 & echo $! >&2; wait'], { ...TIED, timeoutSeconds: 2 }).catch(
      (error: Error) => error.message,
    );
    const pid = /did not end within 2 s: (\d+)/.exec(String(failure))?.[1];
    expect(pid).toBeDefined();
    await expect.poll(() => isRunning(Number(pid))).toBe(false);
  });

  test('memory is that of the whole tree at its largest', async () => {
    const hold = 'const held = Buffer.alloc(120e6, 1); setTimeout(() => held.length, 1500);';
    const source = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(hold)}], { stdio: 'ignore' });`;
    const { rssBytesMax } = await runProgram(...node(source), { ...TIED, watchMemory: true });
    expect(rssBytesMax).toBeGreaterThan(120e6);
  });

  test('a process that is gone has no memory', () => {
    expect(treeRssBytes(2 ** 30)).toBe(0);
    expect(treeRssBytes(process.pid)).toBeGreaterThan(20e6);
  });
});

function isRunning(pid: number): boolean {
  try {
    // One that has ended and that nobody has asked after yet is a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
