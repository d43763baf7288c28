import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findContainedFile } from '../../../src/main/api/contained-files';
import { tempFolder } from '../../support/temp-folder';

let folder: string;

/** A folder with secrets beside it, and links that lead out of it and stay within. */
beforeEach(() => {
  const outside = realpathSync(tempFolder());
  folder = join(outside, 'files');
  mkdirSync(join(folder, 'assets', 'empty'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(outside, 'files-secret.txt'), 'secret');
  for (const name of ['index.html', 'assets/app.js', 'assets/inter.woff2', 'assets/strange.exe', 'a b+ä.TXT', '..notes.txt'])
    writeFileSync(join(folder, name), '');
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(outside, join(folder, 'up'));
  symlinkSync(join(outside, 'nothing.txt'), join(folder, 'broken.txt'));
  symlinkSync('loop.txt', join(folder, 'loop.txt'));
  symlinkSync(join(folder, 'assets', 'app.js'), join(folder, 'inside.js'));
});

describe('a file of the folder', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/app.js', 'assets/app.js', 'text/javascript; charset=utf-8'],
    ['/assets%2fapp.js', 'assets/app.js', 'text/javascript; charset=utf-8'],
    ['/assets/./inter.woff2', 'assets/inter.woff2', 'font/woff2'],
    ['/assets/strange.exe', 'assets/strange.exe', 'application/octet-stream'],
    ['/a%20b+%C3%A4.TXT', 'a b+ä.TXT', 'text/plain; charset=utf-8'],
    ['/..notes.txt', '..notes.txt', 'text/plain; charset=utf-8'],
    ['/inside.js', 'assets/app.js', 'text/javascript; charset=utf-8'],
  ])('is found by %s', async (path, file, mediaType) => {
    expect(await findContainedFile(folder, path)).toMatchObject({ file: join(folder, file), mediaType });
  });

  it('is found in a folder that is reached by a link', async () => {
    const link = join(tempFolder(), 'link');
    symlinkSync(folder, link);
    expect(await findContainedFile(link, '/assets/app.js')).toMatchObject({ path: 'assets/app.js' });
    expect(await findContainedFile(link, '/link.txt')).toBeNull();
  });
});

describe('nothing is found', () => {
  it.each([
    ['by the parent', '/../secret.txt'],
    ['by the parent from further in', '/assets/../../secret.txt'],
    ['by the parent even where it stays within', '/assets/../index.html'],
    ['by the parent alone', '/..'],
    ['by encoded dots', '/%2e%2e/secret.txt'],
    ['by an encoded slash', '/..%2fsecret.txt'],
    ['by dots and slash encoded', '/%2E%2E%2Fsecret.txt'],
    ['by twice encoded dots', '/%252e%252e/secret.txt'],
    ['by a twice encoded way out', '/%252e%252e%252fsecret.txt'],
    ['by a folder whose name begins alike', '/..%2ffiles-secret.txt'],
    ['by a backslash', '/..\\secret.txt'],
    ['by an encoded backslash', '/..%5csecret.txt'],
    ['by an absolute path', '//etc/passwd'],
    ['by an encoded absolute path', '/%2fetc%2fpasswd'],
    ['by a drive', '/C:/Windows/win.ini'],
    ['by a drive with encoded backslashes', '/C:%5cWindows%5cwin.ini'],
    ['by a stream of a file', '/index.html::$DATA'],
    ['with a NUL', '/index.html%00.txt'],
    ['with a NUL that is not encoded', '/index.html\0'],
    ['by a link out of the folder', '/link.txt'],
    ['through a link out of the folder', '/up/secret.txt'],
    ['by a link back into the folder from outside', '/up/files/index.html/..'],
    ['by a link to nothing', '/broken.txt'],
    ['by a link to itself', '/loop.txt'],
    ['by the name of a folder', '/assets'],
    ['by the name of an empty folder', '/assets/empty/'],
    ['below a file', '/index.html/more'],
    ['by a name that is not there', '/missing.js'],
    ['without a leading slash', 'index.html'],
    ['by a whole address', 'http://127.0.0.1/index.html'],
    ['by what is not an encoding', '/%'],
    ['by bytes that are not UTF-8', '/%ff'],
    ['by an empty path', ''],
    ['by an overlong name', `/${'a'.repeat(5000)}`],
  ])('%s', async (_, path) => {
    expect(await findContainedFile(folder, path)).toBeNull();
  });

  it('in a folder that is not there', async () => {
    expect(await findContainedFile(join(folder, 'nowhere'), '/index.html')).toBeNull();
  });
});
