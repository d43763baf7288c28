import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { EXIT } from '../../../src/main/cli/exit-code';
import { main } from '../../../src/main/cli/program';
import { capturedIo } from './support/captured-io';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodeswarm-usage-'));
  writeFileSync(join(folder, 'broken.json'), '{ "nodeswarm": 1, ');
  writeFileSync(
    join(folder, 'wrong.json'),
    JSON.stringify({ nodeswarm: 1, name: 'x', target: { baseUrl: 'x' }, load: {}, nodeTypes: [] }),
  );
  writeFileSync(join(folder, 'latin1.json'), Buffer.from('{"name": "M\xfcll"}', 'latin1'));
  writeFileSync(join(folder, 'file'), '');
  const document = {
    nodeswarm: 1,
    name: 'needs things',
    target: { baseUrl: 'http://127.0.0.1:1', auth: { kind: 'bearer', token: '{{secret.API_TOKEN}}' } },
    load: { nodes: 1, spawnRate: 1, durationSeconds: 1 },
    nodeTypes: [{ name: 'a', tasks: [{ name: 't', steps: [{ request: { path: '/' } }] }] }],
  };
  writeFileSync(join(folder, 'secret.json'), JSON.stringify(document));
  const variables = [{ name: 'id', generator: { kind: 'csvColumn', file: 'missing.csv', column: 'id' } }];
  const withCsv = { ...document, nodeTypes: [{ ...document.nodeTypes[0], variables }] };
  writeFileSync(join(folder, 'csv.json'), JSON.stringify(withCsv));
  const withoutPem = { ...document, target: { baseUrl: 'https://127.0.0.1:1', tls: { caFile: 'csv.json' } } };
  writeFileSync(join(folder, 'pem.json'), JSON.stringify(withoutPem));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const io = capturedIo({ folder, env: { NODESWARM_DATA: join(folder, 'data') } });
  const code = await main(args, io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

describe('help and version', () => {
  it('prints the version', async () => {
    expect(await call('--version')).toEqual({ code: EXIT.fine, stdout: `${version}\n`, stderr: '' });
  });

  it.each([[[]], [['--help']], [['help']]])('prints all commands, examples and exit codes for %j', async (args) => {
    const { code, stdout, stderr } = await call(...args);
    expect({ code, stderr }).toEqual({ code: EXIT.fine, stderr: '' });
    for (const command of ['run', 'validate', 'history', 'show', 'export', 'compare', 'baseline', 'delete', 'demo-backend']) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('130 interrupted');
  });

  it('explains stages, times and Ctrl-C in the help of run', async () => {
    const { stdout } = await call('run', '--help');
    expect(stdout).toContain('NODES:RAMP:HOLD');
    expect(stdout).toContain('"50:30s:1m,100:10s:5m"');
    expect(stdout).toContain('Ctrl-C stops gracefully');
    expect((await call('demo-backend', '-h')).stdout).toContain('--capacity 50');
  });
});

describe('wrong usage', () => {
  it.each([
    [['rnu'], `unknown command 'rnu' (did you mean run?); see "nodeswarm --help".`],
    [['help', 'rnu'], `unknown command 'rnu'; see "nodeswarm --help".`],
    [['run'], `missing required argument 'scenario'; see "nodeswarm run --help".`],
    [['run', 'iot-backend', '--ndoes', '3'], `unknown option '--ndoes' (did you mean --nodes?); see "nodeswarm run --help".`],
    [['run', 'iot-backend', '-u'], `option '-u, --nodes <n>' argument missing; see "nodeswarm run --help".`],
    [['run', 'iot-backend', '-u', 'ten'], '-u must be a whole number from 1 to 1000000, not "ten".'],
    [['run', 'iot-backend', '-r', '0'], '-r must be a number above 0, not "0".'],
    [['run', 'iot-backend', '-t', '0'], '-t must be longer than 0 seconds.'],
    [['run', 'iot-backend', '--shards', '0'], '--shards must be a whole number from 1 to 256, not "0".'],
    [
      ['run', 'iot-backend', '--stages', '5:1s:1s', '-u', '3'],
      '--stages says how many nodes there are and for how long; leave out -u, -r and -t.',
    ],
    [['run', 'iot-backend', '--no-history', '--db', 'x.db'], '--no-history stores nothing, so --db has no effect with it.'],
    [
      ['run', 'iot-backend', '--quiet', '--only-summary'],
      '--quiet shows nothing, --only-summary shows the summary; choose one of them.',
    ],
    [
      ['run', 'iot-backend', '--exit-code-on-failure', '256'],
      '--exit-code-on-failure must be a whole number from 0 to 255, not "256".',
    ],
    [
      ['run', 'fleet-telemetry', '-u', '3'],
      'the scenario has stages: give both -u and -r to run it without them, or other --stages.',
    ],
    [
      ['run', 'iot-backent'],
      'there is no scenario file "iot-backent"; did you mean the sample iot-backend? The samples are fleet-telemetry, iot-backend, login-and-publish.',
    ],
    [
      ['run', 'my-fleet.json'],
      'there is no scenario file "my-fleet.json". The samples are fleet-telemetry, iot-backend, login-and-publish.',
    ],
    [['validate', '.'], '"." is a folder; name a scenario file in it.'],
    [['validate', 'latin1.json'], '"latin1.json" is not a text file in UTF-8; save it as UTF-8 and try again.'],
    [
      ['demo-backend', '--latency', 'slow'],
      'latency "slow" is neither milliseconds (50) nor lognormal:MEDIAN:P99 (lognormal:20:200).',
    ],
    [['demo-backend', '--errors', '101'], 'errors must be a percentage from 0 to 100, not "101".'],
    [['demo-backend', '--capacity', '0'], 'capacity must be a number of requests a second above 0, not "0".'],
    [['demo-backend', '--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000".'],
  ])('%j is one sentence and exit code 2', async (args, sentence) => {
    expect(await call(...args)).toEqual({ code: EXIT.usage, stdout: '', stderr: `nodeswarm: ${sentence}\n` });
  });

  it.each([
    ['--html', 'no-folder/report.html', 'does not exist; create it first'],
    ['--csv', 'file/prefix', 'is not a folder'],
    ['--json', '.', 'is a folder; name a file'],
  ])('finds before the run that %s %s cannot be written', async (option, value, sentence) => {
    const { code, stdout, stderr } = await call('run', 'iot-backend', option, value);
    expect({ code, stdout }).toEqual({ code: EXIT.usage, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe.skipIf(process.platform === 'win32')('a report target that is no file', () => {
  it.each(['--json', '--html', '--hlog', '--csv'])('is refused before the run and before an export: %s', async (option) => {
    const own = mkdtempSync(join(folder, 'targets-'));
    // CSV is given as the beginning of its files' names.
    const suffix = option === '--csv' ? '_stats.csv' : '';
    const place = (name: string) => join(own, `${name}${suffix}`);
    execFileSync('mkfifo', [place('pipe')]);
    symlinkSync('/dev/full', place('device'));
    symlinkSync(place('loop'), place('loop'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(place('socket'), resolve));
    const refused = {
      pipe: 'is a pipe; name a file',
      device: 'is a device; name a file',
      socket: 'is a socket; name a file',
      loop: 'cannot be used: its symbolic links form a loop',
    };
    for (const [name, sentence] of Object.entries(refused)) {
      for (const command of [
        ['run', 'iot-backend'],
        ['export', '1'],
      ]) {
        expect(await call(...command, option, join(own, name))).toEqual({
          code: EXIT.usage,
          stdout: '',
          stderr: `nodeswarm: ${option}: ${place(name)} ${sentence}.\n`,
        });
      }
    }
    await new Promise((resolve) => server.close(resolve));
    expect(readdirSync(own).sort()).toEqual(['device', 'loop', 'pipe'].map((name) => `${name}${suffix}`));
  });
});

describe('validate', () => {
  it('says what a scenario holds', async () => {
    const { code, stdout, stderr } = await call('validate', 'iot-backend');
    expect({ code, stderr }).toEqual({ code: EXIT.fine, stderr: '' });
    expect(stdout).toContain(
      'is valid: "IoT backend", 1 node type, 3 tasks, 4 series, 100 nodes for 1 min, target http://127.0.0.1:8090.',
    );
  });

  it.each(['fleet-telemetry', 'login-and-publish'])('finds the sample %s and the files it refers to', async (sample) => {
    expect(await call('validate', sample)).toMatchObject({ code: EXIT.fine });
  });

  it('lists everything that is wrong, with its place', async () => {
    const { code, stderr } = await call('validate', 'wrong.json');
    expect(code).toBe(EXIT.usage);
    expect(stderr).toMatch(/^nodeswarm: wrong\.json has (a problem|\d+ problems):$/m);
    expect(stderr).toContain('nodeTypes');
    expect((await call('validate', 'broken.json')).code).toBe(EXIT.usage);
  });

  it('names secrets that are not set, and files that are missing', async () => {
    const secret = await call('validate', 'secret.json');
    expect(secret).toMatchObject({ code: EXIT.fine, stderr: 'Warning: a run needs the environment variable API_TOKEN.\n' });
    const csv = await call('validate', 'csv.json');
    expect(csv.code).toBe(EXIT.usage);
    expect(csv.stderr).toContain('missing.csv');
  });

  it('refuses a certificate file that holds none', async () => {
    const { code, stderr } = await call('validate', 'pem.json');
    expect({ code, stderr }).toEqual({
      code: EXIT.usage,
      stderr: 'nodeswarm: the file csv.json holds neither a certificate nor a key in PEM form (-----BEGIN …-----).\n',
    });
  });

  it('calls what is missing wrong when it is run, too, and settings that no machine could carry out', async () => {
    for (const args of [['csv.json'], ['secret.json'], ['iot-backend', '--stages', '5:0:0']]) {
      const { code, stderr } = await call('run', ...args, '--no-history');
      expect({ args, code }).toEqual({ args, code: EXIT.usage });
      expect(stderr).toMatch(/^nodeswarm: .+\.$/m);
    }
  });
});
