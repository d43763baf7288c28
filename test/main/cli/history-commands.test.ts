import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/main/cli/exit-code';
import { main } from '../../../src/main/cli/program';
import type { RunComparison } from '../../../src/shared/stats/comparison';
import type { RunReport } from '../../../src/shared/stats/report';
import { buildReport } from '../../../src/shared/stats/report';
import { makeRun } from '../../support/run-data';
import { capturedIo } from './support/captured-io';
import { storeRuns } from './support/stored-runs';

let folder = '';
const GOOD = { durationSeconds: 200, requestsPerNode: 0.4, failureRate: 0, sway: 0, run: { name: 'good one' } };
const SLOW = {
  ...GOOD,
  seed: 2,
  run: { name: 'slow \u001b[31mone' },
  invalidSeconds: Array.from({ length: 150 }, (_, index) => index + 20),
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nodeswarm-cli-'));
  await storeRuns(join(folder, 'runs.db'), [GOOD, { ...GOOD, seed: 3 }, SLOW]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const io = capturedIo({ folder, env: { NODESWARM_DATA: join(folder, 'data') } });
  const code = await main(args, io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

const onDb = (...args: string[]) => call(...args, '--db', 'runs.db');

describe('history', () => {
  it('lists the runs, newest first', async () => {
    const { code, stdout } = await onDb('history');
    expect(code).toBe(EXIT.fine);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Run +Name +Start +Duration +Nodes +Requests +RPS +p95 ms +Failures +Status$/);
    expect(lines.slice(2).map((line) => line.trim().split(/\s+/)[0])).toEqual(['3', '2', '1']);
    expect(lines[2]).toMatch(/slow one .*finished, generator-limited 2 min 30 s$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('prints JSON for programs', async () => {
    const { stdout } = await onDb('history', '--json');
    const runs = JSON.parse(stdout) as { id: number; name: string; failures: number }[];
    expect(runs.map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(runs[2]).toMatchObject({ name: 'good one', failures: 0 });
  });

  it('says where there is none yet, without making a database', async () => {
    const { code, stdout } = await call('history');
    expect(code).toBe(EXIT.fine);
    expect(stdout).toContain('There are no runs in');
    expect((await call('history', '--json')).stdout).toBe('[]\n');
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(await call('history', '--db', 'other.db')).toMatchObject({
      code: EXIT.usage,
      stderr: `nodeswarm: there is no database ${join(folder, 'other.db')}.\n`,
    });
    expect(await call('show', 'last')).toMatchObject({ code: EXIT.usage });
  });
});

describe('show', () => {
  it('prints the summary of a run', async () => {
    const { code, stdout } = await onDb('show', '1');
    expect(code).toBe(EXIT.fine);
    expect(stdout).toMatch(/^Run 1, good one: finished after/);
    expect(stdout).toContain('Steady phase, 3 min 10 s');
    expect(stdout).toContain(`run 1 in ${join(folder, 'runs.db')}`);
  });

  it('prints the same JSON as the report of the run', async () => {
    const { stdout } = await onDb('show', 'last', '--json');
    const shown = JSON.parse(stdout) as RunReport;
    const expected = buildReport(makeRun(SLOW).data);
    expect(shown.run).toMatchObject({ id: 3, name: SLOW.run.name, status: 'finished' });
    expect(shown.total).toEqual(JSON.parse(JSON.stringify(expected.total)));
    expect(shown.accounting).toEqual(expected.accounting);
  });

  it('says when there is no such run', async () => {
    expect(await onDb('show', '99')).toEqual({
      code: EXIT.usage,
      stdout: '',
      stderr: `nodeswarm: there is no run 99 in ${join(folder, 'runs.db')}; "nodeswarm history" lists the runs.\n`,
    });
    expect((await onDb('show', 'newest')).stderr).toContain('"newest" is not a run');
  });
});

describe('export', () => {
  it('writes the reports that were asked for and names their files', async () => {
    const { code, stdout } = await onDb(
      'export',
      '1',
      '--csv',
      'out',
      '--html',
      'out.html',
      '--json',
      'out.json',
      '--hlog',
      'out.hlog',
    );
    expect(code).toBe(EXIT.fine);
    const names = [
      'out.hlog',
      'out.html',
      'out.json',
      'out_exceptions.csv',
      'out_failures.csv',
      'out_stats.csv',
      'out_stats_history.csv',
    ];
    expect(stdout.trimEnd().split('\n').sort()).toEqual(names.map((name) => join(folder, name)).sort());
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('out'))
        .sort(),
    ).toEqual(names);
    const history = readFileSync(join(folder, 'out_stats_history.csv'), 'utf8').trimEnd().split('\r\n');
    expect(history).toHaveLength(1 + 201);
  });

  it('prints JSON alone on stdout', async () => {
    const { stdout } = await onDb('export', 'last', '--json', '-', '--html', 'alone.html');
    expect((JSON.parse(stdout) as RunReport).run.id).toBe(3);
  });

  it.each([
    [['export', '1'], 'choose what to write'],
    [
      ['export', '1', '--html', 'no/such/folder/a.html'],
      `--html: the folder ${join('no', 'such', 'folder')}`.split(' ').at(-1) ?? '',
    ],
    [['export', '1', '--html', '.'], 'is a folder; name a file'],
    [['export', '1', '--html', 'same', '--json', 'same'], 'name the same file'],
    [['export', '1', '--csv-full-history', '--html', 'x.html'], '--csv-full-history needs --csv PREFIX'],
  ])('refuses %j', async (args, sentence) => {
    const { code, stderr, stdout } = await onDb(...args);
    expect(code).toBe(EXIT.usage);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  });
});

describe('compare', () => {
  it('finds no difference between two runs of the same kind', async () => {
    const { code, stdout } = await onDb('compare', '1', '2');
    expect(code).toBe(EXIT.fine);
    expect(stdout).toMatch(/Method +Name +Measure +A +B +Difference +95 % interval +Verdict/);
    expect(stdout).toContain('A  run 1, good one');
    expect(stdout).not.toContain('▲ regression');
    expect(stdout).toContain('Two runs show within-run evidence only');
  });

  it('leaves out seconds in which the generator was the limit, and says so', async () => {
    const { stdout } = await onDb('compare', '1', 'last', '--json');
    const comparison = JSON.parse(stdout) as RunComparison;
    expect(comparison.b).toMatchObject({ id: 3, invalidSeconds: 150 });
    const { stdout: text } = await onDb('compare', '1', 'last');
    expect(text).toContain('Not enough data:');
    expect(text).toContain('150 of 190 steady seconds are left out');
  });

  it('ends with the exit code of what it found', async () => {
    await storeRuns(join(folder, 'gate.db'), [GOOD, { ...GOOD, seed: 2, latencyFactor: 2 }, { ...GOOD, durationSeconds: 30 }]);
    const code = async (...args: string[]) => (await call('compare', ...args, '--db', 'gate.db')).code;
    expect(await code('1', '2')).toBe(EXIT.failures);
    expect(await code('1', '2', '--json', '--exit-code-on-regression', '7')).toBe(7);
    expect(await code('2', '1')).toBe(EXIT.fine);
    expect(await call('compare', '1', '3', '--db', 'gate.db')).toMatchObject({
      code: EXIT.impossible,
      stdout: expect.stringMatching(/^Run 3 cannot be compared with run 1: not enough data\.[\s\S]*\nRun both for longer/),
    });
    expect(await call('compare', '1', '2', '--exit-code-on-regression', '-1', '--db', 'gate.db')).toMatchObject({
      code: EXIT.usage,
      stderr: 'nodeswarm: --exit-code-on-regression must be a whole number from 0 to 255, not "-1".\n',
    });
  });

  it('holds a run against the baseline of its scenario, and says how to make one where there is none', async () => {
    await storeRuns(join(folder, 'baseline.db'), [GOOD, { ...GOOD, seed: 2 }]);
    const onBaseline = (...args: string[]) => call(...args, '--db', 'baseline.db');
    expect(await onBaseline('compare', 'baseline', 'last')).toMatchObject({
      code: EXIT.usage,
      stderr: 'nodeswarm: "IoT backend" has no baseline yet; "nodeswarm baseline RUN" sets it.\n',
    });
    expect(await onBaseline('baseline', '1')).toEqual({
      code: EXIT.fine,
      stdout: 'Run 1, good one, is now the baseline of "IoT backend".\n',
      stderr: '',
    });
    const compared = JSON.parse((await onBaseline('compare', 'baseline', 'last', '--json')).stdout) as RunComparison;
    expect([compared.a.id, compared.b.id]).toEqual([1, 2]);
    expect(await onBaseline('compare', 'baseline', '1')).toMatchObject({ code: EXIT.usage });
    await onBaseline('baseline', 'last');
    const runs = JSON.parse((await onBaseline('history', '--json')).stdout) as { id: number; baseline: boolean }[];
    expect(runs.map(({ id, baseline }) => [id, baseline])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(await onBaseline('baseline', '9')).toMatchObject({ code: EXIT.usage });
  });

  it('refuses what is no run', async () => {
    expect(await onDb('compare', '1', 'two')).toMatchObject({ code: EXIT.usage });
    expect(await onDb('compare', '1', '77')).toMatchObject({ code: EXIT.usage });
    expect((await onDb('compare', '1')).stderr).toContain("missing required argument 'b'");
  });
});

describe('delete', () => {
  it('takes a run out of the history, once, and none that is going on', async () => {
    await storeRuns(join(folder, 'few.db'), [
      { durationSeconds: 5 },
      {
        durationSeconds: 5,
        run: {
          status: 'running',
          endedAt: null,
          machine: { ...makeRun({ durationSeconds: 1 }).data.run.machine, hostname: 'elsewhere' },
        },
      },
    ]);
    expect(await call('delete', '1', '--db', 'few.db')).toMatchObject({
      code: EXIT.fine,
      stdout: 'Deleted run 1, IoT backend, before the release.\n',
    });
    expect(await call('delete', '1', '--db', 'few.db')).toMatchObject({ code: EXIT.usage, stdout: '' });
    expect(await call('delete', 'last', '--db', 'few.db')).toMatchObject({
      code: EXIT.impossible,
      stderr: 'nodeswarm: run 2 is still running; stop it first, then delete it.\n',
    });
  });
});
