import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvReport } from '../../../src/main/reports/csv';
import { jsonReport } from '../../../src/main/reports/json';
import type { ReportFormat } from '../../../src/main/reports/report-format';
import { exportRun, REPORTS, reportFiles, reportText } from '../../../src/main/reports/reports';
import { ReportWriteError, writeFiles } from '../../../src/main/reports/write-file';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { buildReport } from '../../../src/shared/stats/report';
import { makeRun } from '../../support/run-data';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nodeswarm-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { data, seconds } = makeRun({ durationSeconds: 15 });
const source = { data, seconds, options: {} };

async function failureOf(format: ReportFormat, target: string): Promise<string> {
  const error: unknown = await exportRun(format, source, target).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ReportWriteError);
  return error instanceof Error ? error.message : '';
}

describe('exporting a run', () => {
  it('writes every format and leaves nothing else behind', async () => {
    const written: string[] = [];
    for (const format of REPORTS) {
      const files = await exportRun(format, source, join(folder, `run${format.extension}`));
      expect(files).toEqual(reportFiles(format, join(folder, `run${format.extension}`)));
      written.push(...files);
    }
    expect(new Set(REPORTS.map(({ id }) => id))).toEqual(new Set(['html', 'csv', 'json', 'hlog']));
    expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual(written.sort());
    for (const file of written) expect((await readFile(file)).length).toBeGreaterThan(30);
  });

  it('leaves nothing of a file whose name is taken by a folder meanwhile', async () => {
    const path = join(folder, 'report.json');
    async function* text(): AsyncGenerator<string> {
      yield 'all of it';
      await mkdir(path);
    }
    await expect(writeFiles([{ path, text: text() }])).rejects.toThrow(ReportWriteError);
    expect(await readdir(folder)).toEqual(['report.json']);
  });

  it('takes seconds as they come from the store', async () => {
    async function* inPortions(): AsyncGenerator<RunSecond> {
      for (const second of seconds) yield second;
    }
    for (const format of REPORTS) {
      const [atOnce] = await exportRun(format, source, join(folder, 'a'));
      const [portions] = await exportRun(format, { ...source, seconds: inPortions() }, join(folder, 'b'));
      expect(await readFile(portions ?? '', 'utf8')).toBe(await readFile(atOnce ?? '', 'utf8'));
    }
  });

  it('writes JSON that is the report', async () => {
    const [file] = await exportRun(jsonReport, source, join(folder, 'run.json'));
    const text = await readFile(file ?? '', 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(buildReport(data))));
    expect([...(reportText(jsonReport, source) as Iterable<string>)].join('')).toBe(text);
    expect(() => reportText(csvReport, source)).toThrow(/several files/);
  });

  it('replaces a file, through a symbolic link too', async () => {
    await writeFile(join(folder, 'old.json'), 'old');
    await symlink(join(folder, 'old.json'), join(folder, 'link.json'));
    await exportRun(jsonReport, source, join(folder, 'link.json'));
    expect(JSON.parse(await readFile(join(folder, 'old.json'), 'utf8'))).toHaveProperty('run');
    expect((await readdir(folder)).sort()).toEqual(['link.json', 'old.json']);
  });

  it('says in one sentence why a file cannot be written', async () => {
    const missing = join(folder, 'missing', 'run.json');
    expect(await failureOf(jsonReport, missing)).toBe(
      `Cannot write "${missing}": the folder "${join(folder, 'missing')}" does not exist; create it or choose another location.`,
    );
    expect(await failureOf(jsonReport, folder)).toBe(`Cannot write "${folder}": it is a folder; give the name of a file.`);
    await writeFile(join(folder, 'file'), '');
    const below = join(folder, 'file', 'run.json');
    expect(await failureOf(jsonReport, below)).toContain(`Cannot write "${below}": `);
    expect(await failureOf(jsonReport, join(folder, 'n'.repeat(300)))).toContain('the name is too long');
  });

  it.skipIf(process.platform === 'win32')('writes to no pipe or device but its own streams', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await symlink('/dev/full', join(folder, 'device'));
    expect(await failureOf(jsonReport, pipe)).toBe(`Cannot write "${pipe}": it is a pipe; give the name of a file.`);
    expect(await failureOf(jsonReport, join(folder, 'device'))).toContain('it is a device; give the name of a file.');
    expect((await readdir(folder)).sort()).toEqual(['device', 'pipe']);
    await exportRun(jsonReport, source, '/dev/null');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('leaves all old files as they were, and no new one, when one of several cannot be written', async () => {
    const prefix = join(folder, 'run');
    await writeFile(`${prefix}_stats.csv`, 'old');
    async function* broken(): AsyncGenerator<RunSecond> {
      for (const second of seconds.slice(0, 5)) yield second;
      throw new Error('The history cannot be read.');
    }
    await expect(exportRun(csvReport, { ...source, seconds: broken() }, prefix)).rejects.toThrow('The history cannot be read.');
    expect(await readdir(folder)).toEqual(['run_stats.csv']);
    expect(await readFile(`${prefix}_stats.csv`, 'utf8')).toBe('old');
  });
});
