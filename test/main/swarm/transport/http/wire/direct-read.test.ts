import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectReader } from '../../../../../../src/main/swarm/transport/http/wire/direct-read';
import { connectedPair, type SocketPair } from '../../../../../support/socket-pair';

const buffer = Buffer.alloc(16);

let pair: SocketPair;
let client: Socket;
let accepted: Socket;
/** What the callback of the socket's option was given. */
let byCallback: string;

beforeEach(async () => {
  byCallback = '';
  const callback = (length: number) => {
    byCallback += buffer.toString('latin1', 0, length);
    return true;
  };
  pair = await connectedPair({ onread: { buffer, callback } });
  ({ client, accepted } = pair);
});

afterEach(() => pair.close());

function mustHaveReader(): DirectReader {
  const reader = DirectReader.create();
  if (!reader) throw new Error('this Node lacks what direct reading needs: look at stream-binding.ts');
  return reader;
}

/** Keeps what it is given as text. */
class Keeper {
  text = '';
  received(length: number): void {
    this.text += buffer.toString('latin1', 0, length);
  }
}

describe('DirectReader', () => {
  it('gives all bytes to the reader, in pieces of the buffer, and none to the callback', async () => {
    const keeper = new Keeper();
    mustHaveReader().take(client, keeper);
    const sent = Array.from({ length: 1000 }, (_, index) => `${index},`).join('');
    accepted.write(sent);
    await expect.poll(() => keeper.text).toBe(sent);
    expect(byCallback).toBe('');
  });

  it('leaves the end to the socket', async () => {
    const keeper = new Keeper();
    mustHaveReader().take(client, keeper);
    accepted.end('bye');
    await once(client, 'end');
    await once(client, 'close');
    expect(keeper.text).toBe('bye');
  });

  it('leaves errors to the socket', async () => {
    mustHaveReader().take(client, new Keeper());
    accepted.resetAndDestroy();
    const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  it('reads nothing from a socket that was destroyed', async () => {
    const keeper = new Keeper();
    mustHaveReader().take(client, keeper);
    accepted.write('late');
    client.destroy();
    await once(client, 'close');
    expect(keeper.text).toBe('');
    mustHaveReader().take(client, keeper);
  });

  it('leaves a socket alone whose inside is not as that of the others', async () => {
    const reader = mustHaveReader();
    const other = await connectedPair();
    reader.take(other.client, new Keeper());
    const { _handle: handle } = client as unknown as { _handle: { onread: (this: unknown, ...values: unknown[]) => unknown } };
    const { onread } = handle;
    handle.onread = function (...values) {
      return onread.apply(this, values);
    };
    const keeper = new Keeper();
    reader.take(client, keeper);
    accepted.write('as ever');
    await expect.poll(() => byCallback).toBe('as ever');
    expect(keeper.text).toBe('');
    await other.close();
  });
});
