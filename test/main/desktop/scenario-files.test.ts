import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenarioFile, withScenarioEnding, writeScenarioFile } from '../../../src/main/desktop/scenario-files';
import { tempFolder } from '../../support/temp-folder';

describe('scenario files', () => {
  it('come back as they were written, and leave nothing else behind', async () => {
    const folder = tempFolder();
    const path = join(folder, 'ä b.nodeswarm.json');
    await writeScenarioFile(path, '{"name":"Grüße"}');
    await writeScenarioFile(path, '{"name":"Grüße 2"}');
    expect(await readScenarioFile(path)).toEqual({ path, text: '{"name":"Grüße 2"}' });
    expect(readdirSync(folder)).toEqual(['ä b.nodeswarm.json']);
  });

  it('are read even when they are broken: the window says what is wrong', async () => {
    const path = join(tempFolder(), 'broken.nodeswarm.json');
    writeFileSync(path, '{"nodeswarm": 1,');
    expect((await readScenarioFile(path)).text).toBe('{"nodeswarm": 1,');
  });

  it('are refused in a sentence when they cannot be read', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'folder.json'));
    writeFileSync(join(folder, 'latin.json'), Buffer.from([0x7b, 0xe4, 0x7d]));
    await expect(readScenarioFile(join(folder, 'gone.json'))).rejects.toMatchObject({
      code: 'not-found',
      message: 'gone.json could not be opened: there is no such file.',
    });
    await expect(readScenarioFile(join(folder, 'folder.json'))).rejects.toMatchObject({ code: 'refused' });
    await expect(readScenarioFile(join(folder, 'latin.json'))).rejects.toThrow(
      'latin.json could not be opened: it is not a text file in UTF-8',
    );
  });

  it('are the only files that the window reaches by name', async () => {
    const folder = tempFolder();
    const path = join(folder, 'id_rsa');
    writeFileSync(path, 'secret');
    await expect(readScenarioFile(path)).rejects.toMatchObject({ code: 'refused' });
    await expect(writeScenarioFile(path, 'x')).rejects.toMatchObject({ code: 'refused' });
    expect(readFileSync(path, 'utf8')).toBe('secret');
  });

  it('stay whole when a new one cannot be written', async () => {
    await expect(writeScenarioFile(join(tempFolder(), 'no', 'a.json'), 'x')).rejects.toThrow('does not exist');
  });

  it('get their ending unless they have one', () => {
    expect(withScenarioEnding('a')).toBe('a.nodeswarm.json');
    expect(withScenarioEnding('v1.2')).toBe('v1.2.nodeswarm.json');
    expect(withScenarioEnding('a.nodeswarm.json')).toBe('a.nodeswarm.json');
    expect(withScenarioEnding('a.JSON')).toBe('a.JSON');
  });
});
