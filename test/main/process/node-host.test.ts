import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeProcessHost } from '../../../src/main/process/node-host';
import type { ChildHandle } from '../../../src/main/process/process-host';
import { type BundledEntry, bundleEntry } from '../../support/bundle-entry';
import type { EchoCommand, EchoReport } from '../../support/echo-child';
import { isAlive } from '../../support/is-alive';

let echo: BundledEntry;
let parent: BundledEntry;

beforeAll(async () => {
  echo = await bundleEntry('test/support/echo-child.ts');
  parent = await bundleEntry('test/support/parent-program.ts');
});
afterAll(() => {
  echo.remove();
  parent.remove();
});

const start = (args: string[] = []) =>
  new NodeProcessHost({ shard: echo.file, store: echo.file }).fork<EchoCommand, EchoReport>('shard', {
    name: 'echo child',
    args,
  });

const exitOf = (child: ChildHandle<never, never> | ChildHandle<EchoCommand, EchoReport>) =>
  new Promise<{ reason: string; clean: boolean }>((resolve) => child.onExit((reason, clean) => resolve({ reason, clean })));

const nextMessage = (child: ChildHandle<EchoCommand, EchoReport>, kind: EchoReport['kind']) =>
  new Promise<EchoReport>((resolve) => child.onMessage((message) => message.kind === kind && resolve(message)));

describe('NodeProcessHost', () => {
  it('passes arguments, the name and structured clones', async () => {
    const child = start(['one', 'two words']);
    expect(await nextMessage(child, 'args')).toEqual({ kind: 'args', args: ['one', 'two words'], title: 'echo child' });
    const value = { map: new Map([[1, new Uint16Array([1, 2, 65535])]]), floats: new Float64Array([Number.NaN, 0.1]), big: 12n };
    const answer = nextMessage(child, 'echo');
    child.post({ kind: 'echo', value });
    expect(await answer).toEqual({ kind: 'echo', value });
    expect(child.pid).toBeGreaterThan(0);
    const exit = exitOf(child);
    child.kill();
    expect(await exit).toEqual({ reason: 'signal SIGKILL', clean: false });
  });

  it('reports the exit after every message, once, also to a late listener', async () => {
    const child = start();
    const numbers: number[] = [];
    let exits = 0;
    child.onMessage((message) => message.kind === 'number' && numbers.push(message.n));
    child.onExit(() => exits++);
    const exit = exitOf(child);
    child.post({ kind: 'burst-and-exit', count: 5000, code: 3 });
    expect(await exit).toEqual({ reason: 'exit code 3', clean: false });
    expect(numbers).toEqual(Array.from({ length: 5000 }, (_, n) => n));
    expect(await exitOf(child)).toEqual({ reason: 'exit code 3', clean: false });
    expect(exits).toBe(1);
  });

  it('calls an exit with code 0 clean and drops what is posted afterwards', async () => {
    const child = start();
    const exit = exitOf(child);
    child.post({ kind: 'burst-and-exit', count: 1, code: 0 });
    expect(await exit).toEqual({ reason: 'exit code 0', clean: true });
    child.post({ kind: 'echo', value: 1 });
    child.kill();
  });

  it('drops what is posted to a child that is dying', async () => {
    const child = start();
    await nextMessage(child, 'args');
    const exit = exitOf(child);
    child.kill();
    for (let i = 0; i < 100; i++) child.post({ kind: 'echo', value: 'x'.repeat(10_000) });
    expect((await exit).reason).toBe('signal SIGKILL');
  });

  it('hands on output line by line', async () => {
    const child = start();
    const lines: string[] = [];
    child.onOutput((line) => lines.push(line));
    const exit = exitOf(child);
    child.post({ kind: 'print', lines: ['first', 'zweite ä', ''] });
    child.post({ kind: 'burst-and-exit', count: 0, code: 0 });
    await exit;
    expect(lines).toEqual(['first', 'zweite ä', '']);
  });

  it.each(['throw', 'reject'] as const)('ends a child that does not catch a %s, and says why on its output', async (kind) => {
    const child = start();
    const lines: string[] = [];
    child.onOutput((line) => lines.push(line));
    const exit = exitOf(child);
    child.post({ kind, message: 'sensor on fire' });
    expect(await exit).toEqual({ reason: 'exit code 1', clean: false });
    expect(lines[0]).toBe('Error: sensor on fire');
  });

  it('reports a program that is not there', async () => {
    const child = new NodeProcessHost({ shard: '/nowhere/shard.js', store: '/nowhere/store.js' }).fork<never, never>('shard', {
      name: 'x',
    });
    const { reason, clean } = await exitOf(child);
    expect(reason).toMatch(/^could not be started: .*shard\.js does not exist/);
    expect(clean).toBe(false);
  });

  it.each(['exit', 'be killed'])('leaves no child behind when the parent is to %s', async (then) => {
    const program = spawn(process.execPath, [parent.file, echo.file, then], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    if (then === 'be killed') program.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
