import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebClient, type SocketHandlers } from '../../../src/renderer/api/web-client';
import { SIGN_OF_LIFE_MS } from '../../../src/shared/api/events';
import { ApiError } from '../../../src/shared/api/reply';

/** A socket of which the test is the server. */
class FakeSocket {
  readonly sent: string[] = [];
  closed = false;

  constructor(
    readonly url: string,
    readonly handlers: SocketHandlers,
  ) {}

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
    this.handlers.onClose(1000);
  }
}

let sockets: FakeSocket[];
let answer: () => Promise<Response>;
let requests: { input: string; init: RequestInit }[];

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
const newest = () => {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
};

function client() {
  return createWebClient({
    origin: 'http://127.0.0.1:8089',
    token: 'secret',
    fetch: (input, init) => {
      requests.push({ input, init });
      return answer();
    },
    openSocket: (url, handlers) => {
      const socket = new FakeSocket(url, handlers);
      sockets.push(socket);
      return socket;
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  requests = [];
  answer = async () => json({ ok: true, data: null });
});

afterEach(() => vi.useRealTimers());

describe('calls', () => {
  it('posts the input with the token and gives back the data', async () => {
    answer = async () => json({ ok: true, data: { url: 'http://127.0.0.1:1' } });
    expect(await client().call('demo.start', { errorPercent: 5 })).toEqual({ url: 'http://127.0.0.1:1' });
    expect(requests[0]?.input).toBe('http://127.0.0.1:8089/api/demo.start');
    expect(requests[0]?.init).toMatchObject({ method: 'POST', body: '{"errorPercent":5}' });
    expect(requests[0]?.init.headers).toMatchObject({ authorization: 'Bearer secret' });
  });

  it('throws the error of a reply, with its details', async () => {
    const details = [{ path: 'name', message: 'is empty', expected: 'a name' }];
    answer = async () => json({ ok: false, error: { code: 'refused', message: 'It cannot run.', details } }, 400);
    const error = await client()
      .call('runs.stop', {})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'refused', message: 'It cannot run.', details });
  });

  it.each([
    ['the server is away', async () => Promise.reject(new TypeError('Failed to fetch')), 'unavailable'],
    ['the answer is no JSON', async () => new Response('<html>', { status: 502 }), 'unavailable'],
    ['the answer is no reply', async () => json({ data: 1 }), 'internal'],
    ['the token is refused', async () => json({ ok: false, error: { code: 'refused', message: 'x' } }, 401), 'refused'],
  ])('says in a sentence that %s', async (_, reply, code) => {
    answer = reply;
    await expect(client().call('runs.stop', {})).rejects.toMatchObject({ code, message: expect.stringMatching(/\.$/) });
  });
});

describe('events', () => {
  it('shows the token first and hands events to those who listen', () => {
    const api = client();
    const heard = vi.fn();
    const end = api.on('demo.status', heard);
    newest().handlers.onOpen();
    expect(newest().url).toBe('ws://127.0.0.1:8089/events');
    expect(newest().sent).toEqual(['{"token":"secret"}']);
    newest().handlers.onMessage('{"event":"demo.status","data":{"url":null}}');
    newest().handlers.onMessage('{"event":"unheard.of","data":{}}');
    newest().handlers.onMessage('no json');
    end();
    newest().handlers.onMessage('{"event":"demo.status","data":{"url":null}}');
    expect(heard.mock.calls).toEqual([[{ url: null }]]);
  });

  it('comes back by itself after the server was away, and says so', () => {
    const api = client();
    const changes: boolean[] = [];
    const heard = vi.fn();
    api.onOnlineChange((online) => changes.push(online));
    api.on('history.changed', heard);
    newest().handlers.onOpen();
    expect(api.online).toBe(true);
    newest().handlers.onClose(1006);
    expect(api.online).toBe(false);
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    newest().handlers.onOpen();
    expect(api.online).toBe(false);
    vi.advanceTimersByTime(500);
    newest().handlers.onMessage('{"event":"history.changed","data":{}}');
    expect(changes).toEqual([false, true]);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('waits longer and longer, at most 5 s', () => {
    client();
    const opened: number[] = [];
    for (let try_ = 0; try_ < 8; try_++) {
      newest().handlers.onClose(1006);
      const count = sockets.length;
      let waited = 0;
      while (sockets.length === count && waited < 20_000) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      opened.push(waited);
    }
    expect(opened[0]).toBeLessThanOrEqual(250);
    expect(opened[4]).toBeGreaterThan(3 * (opened[0] ?? 0));
    expect(Math.max(...opened)).toBeLessThanOrEqual(5_000);
  });

  it('waits longer also when sockets open and close at once, as with a wrong token', () => {
    client();
    for (let round = 0; round < 6; round++) {
      newest().handlers.onOpen();
      newest().handlers.onClose(1006);
      vi.advanceTimersByTime(5_000);
    }
    const count = sockets.length;
    newest().handlers.onOpen();
    newest().handlers.onClose(1006);
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(count);
  });

  it('says that the token is not known, and does not count as online meanwhile', () => {
    const api = client();
    const changes: boolean[] = [];
    api.onOnlineChange((online) => changes.push(online));
    for (let round = 0; round < 3; round++) {
      newest().handlers.onOpen();
      newest().handlers.onClose(4401);
      vi.advanceTimersByTime(5_000);
    }
    expect(changes).toEqual([false]);
    expect(api.awayReason).toMatch(/link/);
  });

  it('tells of the reason also when it is found while the server counts as away', () => {
    const api = client();
    const reasons: unknown[] = [];
    newest().handlers.onClose(1006);
    api.onOnlineChange((online) => reasons.push([online, api.awayReason]));
    vi.advanceTimersByTime(5_000);
    newest().handlers.onOpen();
    newest().handlers.onClose(4401);
    expect(reasons).toEqual([[false, expect.stringMatching(/link/)]]);
  });

  it('begins with short waits again once a socket has stayed', () => {
    client();
    for (let round = 0; round < 6; round++) {
      newest().handlers.onClose(1006);
      vi.advanceTimersByTime(5_000);
    }
    newest().handlers.onOpen();
    vi.advanceTimersByTime(2_000);
    const count = sockets.length;
    newest().handlers.onClose(1006);
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(count + 1);
  });

  it('gives up a socket that has been silent for too long, though nobody has closed it, and listens to the next one only', () => {
    const api = client();
    const heard = vi.fn();
    api.on('history.changed', heard);
    const silent = newest();
    silent.handlers.onOpen();
    for (let sign = 0; sign < 4; sign++) {
      vi.advanceTimersByTime(SIGN_OF_LIFE_MS);
      silent.handlers.onMessage('{}');
    }
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(2 * SIGN_OF_LIFE_MS);
    expect(api.online).toBe(true);
    vi.advanceTimersByTime(SIGN_OF_LIFE_MS);
    expect(silent.closed).toBe(true);
    expect(api.online).toBe(false);
    expect(sockets).toHaveLength(2);
    // One that does not even open is given up as well.
    vi.advanceTimersByTime(3 * SIGN_OF_LIFE_MS);
    expect(sockets).toHaveLength(3);
    silent.handlers.onMessage('{"event":"history.changed","data":{}}');
    expect(heard).not.toHaveBeenCalled();
    expect(api.online).toBe(false);
    newest().handlers.onOpen();
    newest().handlers.onMessage('{"event":"history.changed","data":{}}');
    expect(heard).toHaveBeenCalledOnce();
    expect(api.online).toBe(true);
  });

  it('stays away once closed', () => {
    const api = client();
    newest().handlers.onOpen();
    api.close();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
