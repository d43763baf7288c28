import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FilesNotAllowed, locateFiles } from '../../../src/main/runs/file-access';
import { tempFolder } from '../../support/temp-folder';

let outside: string;
let folder: string;

/** A scenario's folder with a secret beside it, and links that lead out of it and stay within. */
beforeEach(() => {
  outside = realpathSync(tempFolder());
  folder = join(outside, 'scenario');
  mkdirSync(join(folder, 'data'), { recursive: true });
  mkdirSync(join(outside, 'scenario-other'));
  mkdirSync(join(outside, 'shared'));
  for (const file of [
    'secret.csv',
    'scenario/a.csv',
    'scenario/data/b.csv',
    'scenario-other/c.csv',
    'shared/d.csv',
    'scenario/..e.csv',
  ]) {
    writeFileSync(join(outside, file), 'id\n1\n');
  }
  symlinkSync(join(outside, 'secret.csv'), join(folder, 'link.csv'));
  symlinkSync(outside, join(folder, 'up'));
  symlinkSync(join(folder, 'a.csv'), join(folder, 'inside.csv'));
});

const access = (...more: string[]) => ({ folder, allowed: [folder, ...more] });

describe('files of a scenario', () => {
  it.each(['a.csv', './a.csv', 'data/b.csv', 'data/../a.csv', '..e.csv', 'inside.csv', 'not-there.csv'])(
    'are found in its folder: %s',
    async (name) => {
      expect([...(await locateFiles([name], access())).keys()]).toEqual([name]);
    },
  );

  it('are found by an absolute path into its folder, and in a folder that is reached by a link', async () => {
    const path = join(folder, 'a.csv');
    expect(await locateFiles([path], access())).toEqual(new Map([[path, path]]));
    const linked = join(outside, 'shared', 'scenario');
    symlinkSync(folder, linked);
    expect(await locateFiles(['a.csv'], { folder: linked, allowed: [linked] })).toEqual(new Map([['a.csv', path]]));
  });

  it.each([
    ['by the parent', '../secret.csv', 'secret.csv'],
    ['by the parent from further in', 'data/../../secret.csv', 'secret.csv'],
    ['in a folder whose name begins alike', '../scenario-other/c.csv', 'scenario-other/c.csv'],
    ['by a link', 'link.csv', 'secret.csv'],
    ['through a link', 'up/secret.csv', 'secret.csv'],
    ['that are not there', '../nothing.csv', 'nothing.csv'],
  ])('are not allowed outside of it: %s', async (_, name, where) => {
    await expect(locateFiles(['a.csv', name], access())).rejects.toMatchObject({
      name: 'FilesNotAllowed',
      paths: [join(outside, where)],
    });
  });

  it('are not allowed by an absolute path, and all of them are named at once', async () => {
    const error = await locateFiles(['/etc/passwd', 'a.csv', '../secret.csv', 'link.csv'], access()).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(FilesNotAllowed);
    expect(error.paths).toEqual(['/etc/passwd', join(outside, 'secret.csv')]);
    expect(error.message).toContain('/etc/passwd (and 1 more), which is outside its folder');
  });

  it('are allowed one by one or by their folder, links included', async () => {
    const secret = join(outside, 'secret.csv');
    expect((await locateFiles(['../secret.csv', 'link.csv'], access(secret))).size).toBe(2);
    expect((await locateFiles(['../shared/d.csv'], access(join(outside, 'shared')))).size).toBe(1);
    await expect(locateFiles(['../shared/d.csv'], access(secret))).rejects.toThrow(FilesNotAllowed);
    await expect(locateFiles(['a.csv'], { folder, allowed: [] })).rejects.toThrow(FilesNotAllowed);
  });
});
