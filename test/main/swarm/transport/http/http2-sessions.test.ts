import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type ClientHttp2Stream, connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { handleOf, keepSessionsOfStreams } from '../../../../../src/main/swarm/transport/http/undici/http2-sessions';

it('sessions are let go of once their streams are gone', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  keepSessionsOfStreams();
  const handles: WeakRef<object>[] = [];
  const remember = (message: unknown) => {
    const handle = handleOf((message as { stream: ClientHttp2Stream }).stream.session);
    if (handle) handles.push(new WeakRef(handle));
  };
  subscribe('http2.client.stream.start', remember);
  onTestFinished(() => void unsubscribe('http2.client.stream.start', remember));
  const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  for (let i = 0; i < 20; i++) {
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request().resume();
    await once(stream, 'close');
    session.close();
    await once(session, 'close');
  }
  expect(handles.length).toBe(20);
  const left = async () => {
    collectGarbage();
    // Finalisers have their turn.
    await sleep(5);
    return handles.filter((handle) => handle.deref() !== undefined).length;
  };
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
});
