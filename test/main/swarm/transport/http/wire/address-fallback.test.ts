import { afterEach, describe, expect, it, vi } from 'vitest';
import { okResponse, RawServer } from '../../../../../support/raw-server';
import { sendOn, WireFixture } from './wire-fixture';

// What `localhost` means differs between machines: here it means both, the one without a server first.
vi.mock('node:dns', () => ({
  lookup: (_hostname: string, _options: unknown, answer: (error: null, found: { address: string; family: number }[]) => void) => {
    lookups++;
    setImmediate(() =>
      answer(null, [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]),
    );
  },
}));

let lookups = 0;

describe('A name with several addresses', () => {
  const fixture = new WireFixture();
  let server: RawServer;

  afterEach(async () => {
    fixture.destroy();
    await server.close();
  });

  it('is looked up once and reached by the one that answers', async () => {
    server = await RawServer.listen((_request, socket) => socket.write(okResponse()));
    const fields = { port: server.port, hostname: 'backend.test' };
    for (const channel of [fixture.client.openChannel(), fixture.client.openChannel()]) {
      const exchange = await sendOn(channel, fields);
      expect(exchange).toMatchObject({ error: null, status: 200 });
    }
    expect(lookups).toBe(1);
    expect(fixture.client.openSockets).toBe(2);
  });
});
