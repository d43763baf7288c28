import { expect, it } from 'vitest';
import { KeptBody } from '../../../../../src/main/swarm/transport/http/kept-body';

it('keeps copies of pieces of any size, in their order, and begins anew', () => {
  const kept = new KeptBody();
  const source = Buffer.from('0123456789');
  kept.append(source, 2, 4);
  for (let i = 0; i < 1000; i++) kept.append(source, i % 10, (i % 10) + 1);
  kept.append(source, 0, 0);
  const first = kept.take();
  source.fill('x');
  kept.append(source, 0, 3);
  expect(first.toString()).toBe(`23${'0123456789'.repeat(100)}`);
  expect(kept.take().toString()).toBe('xxx');
  expect(kept.take()).toHaveLength(0);
});

it('forgets what it is told to', () => {
  const kept = new KeptBody();
  kept.append(Buffer.from('old'), 0, 3);
  kept.clear();
  kept.append(Buffer.from('new'), 0, 3);
  expect(kept.take().toString()).toBe('new');
});
