import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../../src/main/runs/text-file';
import { tempFolder } from '../../support/temp-folder';

const TEXT = '{"name": "Zähler ✓"}\r\n';

function fileOf(bytes: Buffer): string {
  const path = join(tempFolder(), 'file.json');
  writeFileSync(path, bytes);
  return path;
}

describe('a text file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 as Windows writes it', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 with the high byte first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['UTF-16 with the high byte first, without a mark', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('is read in %s', async (_, bytes) => {
    expect(await readTextFile(fileOf(bytes), { maxBytes: 1000 })).toBe(TEXT);
  });

  it.each([
    ['Latin-1', Buffer.from(TEXT, 'latin1')],
    ['half a UTF-16 text', Buffer.from(`\ufeff${TEXT}`, 'utf16le').subarray(0, 13)],
    ['bytes', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])],
  ])('is none in %s', async (_, bytes) => {
    await expect(readTextFile(fileOf(bytes), { maxBytes: 1000 })).rejects.toMatchObject({
      reason: expect.stringContaining('not a text file in UTF-8'),
    });
  });

  it('is refused before it is read when it is too large', async () => {
    const path = fileOf(Buffer.from('{}'));
    // Takes no place on the disk, and would take 50 GB in memory.
    truncateSync(path, 50e9);
    const before = process.memoryUsage().rss;
    await expect(readTextFile(path, { maxBytes: 50_000_000 })).rejects.toMatchObject({
      reason: 'it is larger than 50 MB',
      code: 'EFBIG',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it.skipIf(process.platform === 'win32')('is no pipe, no device and no folder: none is waited for', async () => {
    const folder = tempFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    mkdirSync(join(folder, 'folder'));
    for (const path of [join(folder, 'pipe'), '/dev/zero', join(folder, 'folder'), join(folder, 'nothing')]) {
      await expect(readTextFile(path, { maxBytes: 1000 })).rejects.toMatchObject({
        reason: expect.stringMatching(/^(it is|there is)/),
      });
    }
    // Even where pipes may be read, the limit holds.
    await expect(readTextFile('/dev/zero', { maxBytes: 3_000_000, anyKind: true })).rejects.toMatchObject({ code: 'EFBIG' });
  });
});
