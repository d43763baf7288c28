import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LAST_MESSAGE, openChildPort } from '../../../src/main/process/child-port';

/** What Electron gives a utility process. */
class ParentPort extends EventEmitter {
  readonly posted: unknown[] = [];

  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

describe('openChildPort in a utility process', () => {
  afterEach(() => {
    Reflect.deleteProperty(process, 'parentPort');
    vi.restoreAllMocks();
  });

  it('talks through the parent port', () => {
    const parentPort = new ParentPort();
    Object.assign(process, { parentPort });
    const port = openChildPort<string, { n: number }>();
    const received: string[] = [];
    port.onMessage((message) => received.push(message));
    parentPort.emit('message', { data: 'hello' });
    port.post({ n: 1 });
    expect(received).toEqual(['hello']);
    expect(parentPort.posted).toEqual([{ n: 1 }]);
  });

  it('tells who listens that the parent is gone, and ends otherwise', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as typeof process.exit);
    const parentPort = new ParentPort();
    Object.assign(process, { parentPort });
    const port = openChildPort<string, string>();
    parentPort.emit('close');
    expect(exit).toHaveBeenCalledWith(0);
    exit.mockClear();
    let told = false;
    port.onClose(() => {
      told = true;
    });
    parentPort.emit('close');
    expect(told).toBe(true);
    expect(exit).not.toHaveBeenCalled();
    port.exit(3);
    await expect.poll(() => exit.mock.calls).toEqual([[3]]);
  });

  it('ends only when the parent has all that was posted, however long that takes it', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as typeof process.exit);
    const parentPort = new ParentPort();
    Object.assign(process, { parentPort });
    const port = openChildPort<string, string>();
    const received: string[] = [];
    port.onMessage((message) => received.push(message));
    port.post('result');
    port.exit(3);
    port.post('too late');
    expect(parentPort.posted).toEqual(['result', LAST_MESSAGE]);
    expect(exit).not.toHaveBeenCalled();
    parentPort.emit('message', { data: LAST_MESSAGE });
    expect(exit.mock.calls).toEqual([[3]]);
    expect(received).toEqual([]);
  });
});
