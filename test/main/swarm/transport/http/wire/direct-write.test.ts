import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectWriter, type StreamHandle } from '../../../../../../src/main/swarm/transport/http/wire/direct-write';
import { connectedPair, type SocketPair } from '../../../../../support/socket-pair';

/** Texts that fill the buffers of both sides of a loopback connection many times over. */
const TEXTS = 4000;

let pair: SocketPair;
let client: Socket;
let accepted: Socket;

beforeEach(async () => {
  pair = await connectedPair({ pauseOnConnect: true });
  ({ client, accepted } = pair);
});

afterEach(() => pair.close());

/** A writer, the handle of the client's socket, and who writes to it. */
function begin() {
  const writer = DirectWriter.create();
  if (!writer) throw new Error('this Node lacks what direct writing needs: look at stream-binding.ts');
  const handle = writer.handleOf(client) as StreamHandle;
  const owner = { lateTexts: 0, lateTextFailed: (error: Error) => void client.destroy(error) };
  return { writer, handle, owner };
}

/** A text that says its number, of the length of a large request. */
function textOf(number: number): string {
  return `${number}:`.padEnd(8000, 'x');
}

describe('DirectWriter', () => {
  it('writes at once what the kernel takes at once, byte by byte as latin1', async () => {
    const { writer, handle, owner } = begin();
    expect(writer.write(handle, 'POST / HTTP/1.1\r\n\u00e9\u00ff\u0000', owner)).toBe(true);
    expect(owner.lateTexts).toBe(0);
    accepted.resume();
    const [bytes] = (await once(accepted, 'data')) as [Buffer];
    expect(bytes.toString('latin1')).toBe('POST / HTTP/1.1\r\n\u00e9\u00ff\u0000');
  });

  it('counts what the kernel has not taken until it has, and loses nothing of it', async () => {
    const { writer, handle, owner } = begin();
    let written = 0;
    while (owner.lateTexts === 0 && written < TEXTS) expect(writer.write(handle, textOf(written++), owner)).toBe(true);
    expect(owner.lateTexts).toBe(1);

    let received = '';
    accepted.setEncoding('latin1').on('data', (text: string) => {
      received += text;
    });
    accepted.resume();
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(written * 8000);
    await expect.poll(() => owner.lateTexts).toBe(0);
    expect(received).toBe(Array.from({ length: written }, (_, number) => textOf(number)).join(''));

    // The request object of the late text was given away: the next one goes out with another.
    expect(writer.write(handle, 'next', owner)).toBe(true);
    await expect.poll(() => received.endsWith('next')).toBe(true);
  });

  it('ends the socket with the error of a late text', async () => {
    const { writer, handle, owner } = begin();
    let written = 0;
    while (owner.lateTexts === 0 && written < TEXTS) writer.write(handle, textOf(written++), owner);
    const closed = once(client, 'error');
    accepted.resetAndDestroy();
    const [error] = (await closed) as [NodeJS.ErrnoException];
    expect(['ECONNRESET', 'EPIPE']).toContain(error.code);
    await expect.poll(() => owner.lateTexts).toBe(0);
  });

  it('writes bytes of any length, and keeps those that the kernel has not taken until it has', async () => {
    const { writer, handle, owner } = begin();
    expect(writer.writeBytes(handle, Buffer.from('POST / \u00e9', 'latin1'), owner)).toBe(true);
    expect(owner.lateTexts).toBe(0);
    const length = 20_000_000;
    expect(writer.writeBytes(handle, Buffer.alloc(length, 'x'), owner)).toBe(true);
    expect(owner.lateTexts).toBe(1);
    let received = '';
    accepted.setEncoding('latin1').on('data', (text: string) => {
      received += text;
    });
    accepted.resume();
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(8 + length);
    await expect.poll(() => owner.lateTexts).toBe(0);
    expect(received === `POST / \u00e9${'x'.repeat(length)}`).toBe(true);
    expect(writer.writeBytes(handle, Buffer.from('next'), owner)).toBe(true);
    await expect.poll(() => received.endsWith('next')).toBe(true);
  });

  it('leaves alone what is too long to be tried at once, and sockets that are closing or closed', async () => {
    const { writer, handle, owner } = begin();
    expect(writer.write(handle, 'x'.repeat(20_000), owner)).toBe(false);
    const takesAnything = () => writer.write(handle, 'x', owner) || writer.writeBytes(handle, Buffer.from('x'), owner);
    const closed = once(client, 'close');
    client.destroy();
    expect(takesAnything()).toBe(false);
    await closed;
    expect(takesAnything()).toBe(false);
    expect(writer.handleOf(client)).toBeNull();
  });
});
