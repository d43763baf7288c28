import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnAddress } from '../../../src/shared/target/address-scope';
import { hostOf, TestPermission } from '../../../src/shared/target/test-permission';

describe('isOwnAddress', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255'],
    ...['192.168.0.1', '192.168.255.255', '169.254.0.1', '169.254.169.254'],
    ...['::1', '::', '0:0:0:0:0:0:0:1', 'fc00::1', 'fdff:ffff::1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'FE80::A'],
    ...['::ffff:127.0.0.1', '::ffff:10.1.2.3', '::ffff:c0a8:0101', '0:0:0:0:0:ffff:7f00:1'],
  ])('%s is the own network', (address) => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    ...['126.255.255.255', '128.0.0.1', '0.0.0.1', '9.255.255.255', '11.0.0.1', '172.15.255.255', '172.32.0.1'],
    ...['192.167.255.255', '192.169.0.1', '169.253.255.255', '169.255.0.1', '100.64.0.1', '198.18.0.1', '203.0.113.7'],
    ...['224.0.0.1', '255.255.255.255', '8.8.8.8'],
    ...['::2', '::1:1', '1::', '1::1', 'fbff::1', 'fe00::1', 'fe7f::1', 'fec0::1', 'ff02::1', '2001:db8::1', '2606:4700::1'],
    ...['::ffff:8.8.8.8', '::ffff:0:7f00:1', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::1'],
    // No addresses, or written in ways that resolvers do not use.
    ...[
      '',
      'localhost',
      '127.1',
      '0x7f.0.0.1',
      '017.0.0.1',
      '2130706433',
      '127.0.0.256',
      '127.0.0.1.',
      ' 127.0.0.1',
      '1.2.3.4.5',
    ],
    ...[':', ':::', '::1]', '::g', '1:2:3:4:5:6:7:8:9', '::ffff:127.0.0.1.evil.test'],
  ])('"%s" is not', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });

  it('reads every way to write an IPv6 address alike, and never throws', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '';
        expect(isOwnAddress(address)).toBe(isOwnAddress(canonical));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdefx:.%[]') }), (text) => void isOwnAddress(text)));
  });
});

describe('hostOf', () => {
  it.each([
    ['Backend.Example', 'backend.example'],
    ['backend.example.', 'backend.example'],
    ['https://backend.example:8443/api', 'backend.example'],
    ['backend.example:80', 'backend.example'],
    ['LOCALHOST.', 'localhost'],
    // The URL parser's numbers: hexadecimal, octal, one number for all.
    ['0x7f.1', '127.0.0.1'],
    ['0177.0.0.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['http://3405803783', '203.0.113.7'],
    ['[2001:DB8::0:1]', '2001:db8::1'],
    ['2001:db8:0::1', '2001:db8::1'],
    ['::1', '::1'],
    ['http://[::ffff:203.0.113.7]:80', '::ffff:cb00:7107'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (text, host) => {
    expect(hostOf(text)).toBe(host);
  });

  it.each(['', ' ', 'http://', 'a b', 'a..b/', '300.1.1.1.1:x', 'http://[::1', '%'])('"%s" is none', (text) => {
    if (text === 'a..b/') expect(hostOf(text)).toBe('a..b');
    else expect(hostOf(text)).toBeNull();
  });
});

describe('TestPermission', () => {
  const nobody = new TestPermission([]);

  it('lets load go to the own network only', () => {
    expect(nobody.reachable('a.test', ['127.0.0.1', '::1'])).toEqual(['127.0.0.1', '::1']);
    expect(nobody.reachable('localhost', ['203.0.113.7'])).toEqual([]);
    expect(nobody.reachable('a.test', ['203.0.113.7', '10.0.0.1'])).toEqual(['10.0.0.1']);
    expect(nobody.reachable('a.test', [])).toEqual([]);
  });

  it('lets it go wherever a confirmed host leads, and to no other', () => {
    const one = new TestPermission(['Backend.Example.', '2001:db8::1', 'no host at all']);
    expect(one.reachable('backend.example', ['203.0.113.7'])).toEqual(['203.0.113.7']);
    expect(one.isConfirmed('2001:DB8:0:0::1')).toBe(true);
    for (const other of ['www.backend.example', 'backend.example.evil.test', 'example', '203.0.113.7', '']) {
      expect(one.isConfirmed(other)).toBe(false);
    }
  });
});
