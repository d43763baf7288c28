import { describe, expect, it } from 'vitest';
import { SecretMask } from '../../../../../src/main/swarm/transport/http/secret-mask';

const SECRET = 'p/ä "s+3 cr(e)t!';

describe('SecretMask', () => {
  const mask = new SecretMask([SECRET, '', 'abc', 'abcdef']);

  it.each([
    ['as it is', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded, small hex digits', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['form-encoded', new URLSearchParams([['', SECRET]]).toString().slice(1)],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in ASCII JSON', JSON.stringify(SECRET).slice(1, -1).replace('ä', '\\u00e4')],
    ['in JSON with escaped slashes', JSON.stringify(SECRET).slice(1, -1).replace('/', '\\/')],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['as UTF-8 read as Latin-1', Buffer.from(SECRET).toString('latin1')],
  ])('hides a secret %s', (_form, text) => {
    expect(mask.maskSecrets(`<${text}|${text}>`)).toBe('<•••|•••>');
  });

  it('hides the longest first, and leaves the rest alone', () => {
    expect(mask.maskSecrets('abcdef abc ab')).toBe('••• ••• ab');
    expect(new SecretMask([]).maskSecrets('abc')).toBe('abc');
    expect(new SecretMask(['']).maskSecrets('abc')).toBe('abc');
  });

  it('hides what a cut has left of a secret', () => {
    expect(mask.maskCut('x abcde')).toBe('x •••');
    expect(mask.maskCut(`x ${SECRET.slice(0, 5)}`)).toBe('x •••');
    expect(mask.maskCut('x yz')).toBe('x yz');
    expect(new SecretMask(['xyza', 'ab']).maskCut('-xyza')).toBe('-•••');
  });

  it('shortens without leaving a part of one', () => {
    expect(mask.maskAndShorten('12345abcdef', 7)).toBe('12345••…');
    expect(mask.maskAndShorten('12a', 3)).toBe('12a');
  });

  it('learns', () => {
    const learning = new SecretMask(['one']);
    learning.add('two');
    expect(learning.maskSecrets('one two three')).toBe('••• ••• three');
  });
});
