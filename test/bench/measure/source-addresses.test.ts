import { expect, test } from 'vitest';
import { sourceAddresses } from './source-addresses';

test('as many loopback addresses as it takes', () => {
  expect(sourceAddresses(10)).toEqual([]);
  expect(sourceAddresses(25_000)).toEqual([]);
  expect(sourceAddresses(25_001)).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6']);
  expect(sourceAddresses(50_000)).toHaveLength(9);
});
