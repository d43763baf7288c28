import { expect, it } from 'vitest';
import { takeToken } from '../../../src/renderer/api/token';

function page(search: string, hash: string, stored: string | null = null) {
  const shown: string[] = [];
  const storage = new Map<string, string>(stored === null ? [] : [['nodeswarm.token', stored]]);
  return {
    shown,
    storage,
    take: () =>
      takeToken(
        { pathname: '/', search, hash },
        { replaceState: (_state, _title, url) => shown.push(String(url)) },
        { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => void storage.set(key, value) },
      ),
  };
}

it.each([
  ['?token=abc', '', '/'],
  ['?token=abc&x=1', '#/live', '/?x=1#/live'],
])('takes the token of %s%s out of the address and keeps it', (search, hash, left) => {
  const { take, shown, storage } = page(search, hash);
  expect(take()).toBe('abc');
  expect(shown).toEqual([left]);
  expect([...storage.values()]).toEqual(['abc']);
});

it('uses the one that was kept, and leaves the address alone', () => {
  const { take, shown } = page('', '#/history', 'kept');
  expect(take()).toBe('kept');
  expect(shown).toEqual([]);
});

it('prefers a new one: the server was started again', () => {
  expect(page('?token=new', '', 'old').take()).toBe('new');
});

it('is empty when there is none', () => {
  expect(page('', '').take()).toBe('');
});
