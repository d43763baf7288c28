import type { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { RunClock } from '../../../../../../src/main/swarm/clock';
import { NotAllowedError } from '../../../../../../src/main/swarm/transport/http/not-allowed-error';
import { type HostAddresses, NameResolver } from '../../../../../../src/main/swarm/transport/http/wire/name-resolver';
import { TestPermission } from '../../../../../../src/shared/target/test-permission';

/** A clock that stands where it is put. */
class StoppedClock extends RunClock {
  timeUs = 0;

  override nowUs(): number {
    return this.timeUs;
  }
}

type Answer = (error: Error | null, addresses: { address: string; family: number }[]) => void;

function setUp(confirmed: string[] = []) {
  const clock = new StoppedClock();
  const asked: { hostname: string; answer: Answer }[] = [];
  const ask = ((hostname: string, _options: unknown, answer: Answer) =>
    asked.push({ hostname, answer })) as unknown as typeof lookup;
  const resolver = new NameResolver(clock, new TestPermission(confirmed), ask);
  const resolve = (hostname: string) => {
    const heard: HostAddresses[] = [];
    resolver.resolve(hostname, (host) => heard.push(host));
    return heard;
  };
  return { clock, asked, resolver, resolve };
}

const TWO = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];

describe('NameResolver', () => {
  it('asks once for all who wait, and keeps the answer for seconds', () => {
    const { clock, asked, resolve } = setUp();
    const [first, second] = [resolve('a.test'), resolve('a.test')];
    resolve('b.test');
    expect(asked.map(({ hostname }) => hostname)).toEqual(['a.test', 'b.test']);
    asked[0]?.answer(null, TWO);
    expect([first, second].map(([host]) => host?.addresses)).toEqual([
      ['::1', '127.0.0.1'],
      ['::1', '127.0.0.1'],
    ]);
    expect(resolve('a.test')).toHaveLength(1);
    clock.timeUs = 5_000_001;
    expect(resolve('a.test')).toHaveLength(0);
    expect(asked).toHaveLength(3);
  });

  it('keeps a failure for a second only', () => {
    const { clock, asked, resolve } = setUp();
    const first = resolve('a.test');
    asked[0]?.answer(new Error('getaddrinfo ENOTFOUND a.test'), []);
    expect(first[0]).toMatchObject({ addresses: [], error: new Error('getaddrinfo ENOTFOUND a.test') });
    expect(resolve('a.test')[0]?.error).toBeInstanceOf(Error);
    clock.timeUs = 1_000_001;
    const later = resolve('a.test');
    asked[1]?.answer(null, TWO);
    expect(later[0]).toMatchObject({ error: null });
  });

  it('asks again within a second when nothing could be reached, but not for each that failed, nor for an IP literal', () => {
    const { clock, asked, resolver, resolve } = setUp();
    resolve('a.test');
    asked[0]?.answer(null, TWO);
    resolver.doubt('a.test');
    clock.timeUs = 900_000;
    resolver.doubt('a.test');
    resolver.doubt('127.0.0.1');
    expect([resolve('a.test').length, resolve('127.0.0.1').length, asked.length]).toEqual([1, 1, 1]);
    clock.timeUs = 1_000_001;
    resolver.doubt('127.0.0.1');
    expect([resolve('a.test').length, resolve('127.0.0.1').length, asked.length]).toEqual([0, 1, 2]);
  });

  it('takes IP literals as they are', () => {
    const { asked, resolve } = setUp();
    expect(resolve('127.0.0.1')[0]?.addresses).toEqual(['127.0.0.1']);
    expect(resolve('::1')[0]?.addresses).toEqual(['::1']);
    expect(asked).toHaveLength(0);
  });

  it('puts the address that answered first, also after the next lookup', () => {
    const { clock, asked, resolver, resolve } = setUp();
    resolve('a.test');
    asked[0]?.answer(null, TWO);
    resolver.prefer('a.test', '127.0.0.1');
    expect(resolve('a.test')[0]?.addresses).toEqual(['127.0.0.1', '::1']);
    clock.timeUs = 5_000_001;
    const again = resolve('a.test');
    asked[1]?.answer(null, TWO);
    expect(again[0]?.addresses).toEqual(['127.0.0.1', '::1']);
  });

  it('leaves out addresses of others that nobody confirmed, at every lookup anew', () => {
    const { clock, asked, resolve } = setUp();
    const mixed = resolve('a.test');
    asked[0]?.answer(null, [{ address: '203.0.113.7', family: 4 }, ...TWO]);
    expect(mixed[0]).toEqual({ addresses: ['::1', '127.0.0.1'], error: null });
    clock.timeUs = 5_000_001;
    const moved = resolve('a.test');
    asked[1]?.answer(null, [{ address: '203.0.113.7', family: 4 }]);
    expect(moved[0]?.addresses).toEqual([]);
    expect(moved[0]?.error).toBeInstanceOf(NotAllowedError);
    expect(moved[0]?.error?.message).toMatch(/^a\.test \(203\.0\.113\.7\) is neither this machine nor in a private network/);
    clock.timeUs = 10_000_002;
    const back = resolve('a.test');
    asked[2]?.answer(null, TWO);
    expect(back[0]).toEqual({ addresses: ['::1', '127.0.0.1'], error: null });
  });

  it('leaves out literals of others, too, and nothing of a host that was confirmed', () => {
    const { asked, resolve } = setUp(['a.test', '203.0.113.7']);
    expect(resolve('203.0.113.8')[0]?.error).toBeInstanceOf(NotAllowedError);
    expect(resolve('2001:db8::1')[0]?.error).toBeInstanceOf(NotAllowedError);
    expect(resolve('203.0.113.7')[0]).toEqual({ addresses: ['203.0.113.7'], error: null });
    const confirmed = resolve('A.test.');
    asked[0]?.answer(null, [{ address: '203.0.113.9', family: 4 }]);
    expect(confirmed[0]).toEqual({ addresses: ['203.0.113.9'], error: null });
  });
});
