import { expect, test } from 'vitest';
import { sourceAddresses } from './source-addresses';

test('as many loopback addresses as it takes, other ones each time', () => {
  expect(sourceAddresses(10)).toEqual([]);
  expect(sourceAddresses(25_000)).toEqual([]);
  const first = sourceAddresses(25_001);
  expect(first).toEqual(['127.1.1.1', '127.1.1.2', '127.1.1.3', '127.1.1.4', '127.1.1.5']);
  expect(sourceAddresses(50_000)).toHaveLength(9);
  const later = Array.from({ length: 40 }, () => sourceAddresses(50_000)).flat();
  expect(later).toContain('127.1.2.1');
  expect(new Set([...first, ...later]).size).toBe(first.length + later.length);
});
