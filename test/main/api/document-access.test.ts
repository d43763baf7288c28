import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DocumentAccess } from '../../../src/main/api/document-access';

const document = join('/home/somebody/fleet', 'x.nodeswarm.json');

it('opens the folder of a document that was opened or saved, and not of a path that a page merely names', () => {
  const access = new DocumentAccess(['/allowed'], 'user');
  expect(access.of(document)).toEqual({ folder: '/home/somebody/fleet', allowed: ['/allowed'] });
  access.note(document);
  expect(access.of(document).allowed).toEqual(['/home/somebody/fleet', '/allowed']);
  expect(access.of('/home/somebody/x.nodeswarm.json').allowed).toEqual(['/allowed']);
});

it('takes files that the user agreed to for one call', () => {
  const access = new DocumentAccess([], 'user');
  expect(access.of(document, ['/data/ids.csv']).allowed).toEqual(['/data/ids.csv']);
  expect(access.of(document).allowed).toEqual([]);
});

it('lets nobody agree where pages of other machines are served', () => {
  const access = new DocumentAccess(['/allowed'], 'nobody');
  access.note(document);
  expect(() => access.of(document, ['/etc/passwd'])).toThrow(/only where the server was started, with --allow-files/);
  expect(access.of(document).allowed).toEqual(['/home/somebody/fleet', '/allowed']);
});
