import { describe, expect, it } from 'vitest';
import type { ChildMain, ChildPort } from '../../src/main/process/process-host';
import { InMemoryProcessHost } from './in-memory-host';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('InMemoryProcessHost', () => {
  it('delivers clones, later and in order, to both sides', async () => {
    const received: unknown[] = [];
    const main: ChildMain<{ n: number }, { n: number }> = (port) => port.onMessage((message) => port.post({ n: message.n * 2 }));
    const child = new InMemoryProcessHost({ shard: main }).fork<{ n: number }, { n: number }>('shard', { name: 's' });
    child.onMessage((message) => received.push(message));
    const first = { n: 1 };
    child.post(first);
    child.post({ n: 2 });
    first.n = 100;
    expect(received).toEqual([]);
    await settle();
    expect(received).toEqual([{ n: 2 }, { n: 4 }]);
  });

  it('passes arguments and reports the exit after the last message', async () => {
    const seen: unknown[] = [];
    const main: ChildMain<never, string[]> = (port, args) => {
      port.post(args);
      port.exit(2);
    };
    const child = new InMemoryProcessHost({ store: main }).fork<never, string[]>('store', { name: 's', args: ['a', 'b'] });
    child.onMessage((message) => seen.push(message));
    child.onExit((reason, clean) => seen.push([reason, clean]));
    await settle();
    expect(seen).toEqual([
      ['a', 'b'],
      ['exit code 2', false],
    ]);
  });

  it('cuts the channel of a child that is killed and tells it', async () => {
    const seen: unknown[] = [];
    let port: ChildPort<string, string> | undefined;
    let closed = false;
    const main: ChildMain<string, string> = (childPort) => {
      port = childPort;
      childPort.onClose(() => {
        closed = true;
      });
    };
    const child = new InMemoryProcessHost({ shard: main }).fork<string, string>('shard', { name: 's' });
    child.onMessage((message) => seen.push(message));
    child.onExit((reason) => seen.push(reason));
    await settle();
    child.kill();
    port?.post('too late');
    child.post('too late');
    await settle();
    expect(closed).toBe(true);
    expect(seen).toEqual(['signal SIGKILL']);
  });

  it('reports a main that throws, and one that is not there', async () => {
    const seen: string[] = [];
    const host = new InMemoryProcessHost({
      shard: () => {
        throw new Error('no such luck');
      },
    });
    const child = host.fork('shard', { name: 's' });
    child.onOutput((line) => seen.push(line));
    child.onExit((reason) => seen.push(reason));
    await settle();
    expect(seen[0]).toBe('Error: no such luck');
    expect(seen.at(-1)).toBe('exit code 1');
    const reason = await new Promise((resolve) => host.fork('store', { name: 's' }).onExit(resolve));
    expect(reason).toBe('could not be started: there is no store');
  });
});
