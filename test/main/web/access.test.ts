import * as crypto from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { expect, it, vi } from 'vitest';
import { Access } from '../../../src/main/web/access';

// The real function, watched.
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

it('compares tokens and cookies in constant time, digests of one length, whatever is said', () => {
  const token = 'a'.repeat(43);
  const access = new Access(token, '127.0.0.1', 8089);
  const request = (headers: object) => ({ headers }) as IncomingMessage;
  const [cookie = ''] = access.setCookie.split(';');
  const compare = vi.mocked(crypto.timingSafeEqual);
  for (const given of ['b', `${'a'.repeat(42)}b`, token, 'a'.repeat(100_000)]) {
    for (const ask of [
      () => access.isToken(given),
      () => access.isAuthorized(request({ authorization: `Bearer ${given}` })),
      () => access.mayHaveFiles(request({ cookie: `nodeswarm-8089=${given}` })),
    ]) {
      compare.mockClear();
      ask();
      expect(compare.mock.calls.map((sides) => sides.map(({ byteLength }) => byteLength))).toEqual([[32, 32]]);
    }
  }
  expect([access.isToken(token), access.mayHaveFiles(request({ cookie }))]).toEqual([true, true]);
});
