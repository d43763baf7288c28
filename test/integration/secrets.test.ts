import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { ApiHost } from '../main/api/support/api-host';
import { SpawnedCli } from '../main/cli/support/spawned-cli';
import { HttpLogServer, type LoggedRequest } from '../support/http-log-server';
import { tempFolder } from '../support/temp-folder';

// Secrets and credentials in every place of a request, sent back by the backend in every form, and then looked for in every byte that a
// run leaves behind: the folder with the database and its log, all exports, both outputs, events, and what the system shows of processes.

/**
 * Values of `{{secret.NAME}}`: plain, and with everything in it that URLs, JSON and base64 write in another way. Their names begin like those of
 * variables that children do get.
 */
const SECRETS = { NODE_PLAIN_TOKEN: 'pl41n-T0ken-0a1b2c3d', NODESWARM_ODD_TOKEN: 'o"d/d+T0k&n=%5 \\ü~\'7e8f' };
/** Credentials that are written out in the document. */
const LITERALS = { bearer: 'l1teral-b3arer-99ab', password: 'l1teral-passw0rd-77', cookie: 'l1teral-c00kie-55cd' };

/** A value in the forms in which a backend may give it back. */
function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64');
  const url = encodeURIComponent(value);
  const ascii = json.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    value,
    json,
    ascii,
    url,
    url.replace(/%../g, (coded) => coded.toLowerCase()),
    url.replaceAll('%20', '+'),
    base64,
    Buffer.from(value).toString('base64url'),
  ];
}

const ALL_FORMS = [...Object.values(SECRETS), ...Object.values(LITERALS)].flatMap(formsOf);

/** Sends back all that it got and every form of every secret, in headers and body; `/fail/…` with 500, `/ok/…` with 200. */
function answer(request: LoggedRequest, response: ServerResponse): void {
  const echo = JSON.stringify({ url: request.url, headers: request.headers, body: request.body });
  const headers = Object.fromEntries(ALL_FORMS.map((form, i) => [`x-echo-${i}`, Buffer.from(form, 'utf8').toString('latin1')]));
  response.writeHead(request.url.startsWith('/ok') ? 200 : 500, { ...headers, 'set-cookie': `session=${LITERALS.cookie}` });
  response.end(`${echo}\n${ALL_FORMS.join('\n')}\n${request.url}`);
}

function scenario(baseUrl: string): ScenarioDocument {
  const headers = {
    'x-plain': '{{secret.NODE_PLAIN_TOKEN}}',
    'x-odd': '{{secret.NODESWARM_ODD_TOKEN}}',
    cookie: `session=${LITERALS.cookie}`,
  };
  const step = (kind: string, more: object = {}) => ({
    request: {
      method: 'POST' as const,
      path: `/${kind}/{{secret.NODESWARM_ODD_TOKEN}}`,
      name: `/${kind}`,
      query: { token: '{{secret.NODESWARM_ODD_TOKEN}}' },
      headers,
      body: { kind: 'json' as const, text: '{"a": {{secret.NODESWARM_ODD_TOKEN}}, "b": {{secret.NODE_PLAIN_TOKEN}}}' },
      ...more,
    },
  });
  return {
    nodeswarm: 1,
    name: 'secrets',
    target: { baseUrl, auth: { kind: 'basic', username: 'someone', password: LITERALS.password } },
    load: { nodes: 3, spawnRate: 100, durationSeconds: 3 },
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'pacing', seconds: 0.25 },
        tasks: [
          { name: 'ok', steps: [step('ok')] },
          { name: 'fail', steps: [step('fail')] },
          { name: 'literal', steps: [step('fail-too', { headers: { ...headers, authorization: `Bearer ${LITERALS.bearer}` } })] },
          { name: 'unmet', steps: [step('ok', { expect: { bodyContains: 'not there' } })] },
        ],
      },
    ],
  };
}

/** Secrets found in a text, as `what: form`. */
function leaks(what: string, text: string): string[] {
  return ALL_FORMS.filter((form) => text.includes(form)).map((form) => `${what}: ${form}`);
}

/** Secrets found in the files of a folder, byte by byte, also as UTF-16. */
function leaksOfFolder(folder: string, except: readonly string[] = []): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !except.includes(entry.name))
    .flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return ALL_FORMS.filter((form) => bytes.includes(form) || bytes.includes(form, 0, 'utf16le')).map(
        (form) => `${entry.name}: ${form}`,
      );
    });
}

/** A process and its descendants. */
function familyOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended since.
    }
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && isBelow(parents.get(pid) as number));
  return [...parents.keys()].filter((pid) => isBelow(pid));
}

/** What the system shows of a process and its descendants: command lines, and environments of the descendants. */
function leaksOfProcesses(root: number): { leaks: string[]; processes: number } {
  const family = familyOf(root);
  const lineOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const found = family.flatMap((pid) => {
    try {
      const shown = leaks(`cmdline of ${pid}`, lineOf(pid));
      // One that has not begun its own program yet is the root itself, on the same memory.
      return lineOf(pid) === lineOf(root)
        ? shown
        : [...shown, ...leaks(`environment of ${pid}`, readFileSync(`/proc/${pid}/environ`, 'utf8'))];
    } catch {
      return [];
    }
  });
  return { leaks: found, processes: family.length };
}

describe('secrets and credentials', () => {
  let server: HttpLogServer;
  beforeAll(async () => {
    server = await HttpLogServer.start(answer);
  });
  afterAll(() => server.stop());

  it('are sent, and found nowhere after a run of the command line', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'secrets.nodeswarm.json'), JSON.stringify(scenario(server.url)));
    const args = ['run', 'secrets.nodeswarm.json', '--shards', '2', '--csv', 'out', '--html', 'out.html', '--hlog', 'out.hlog'];
    const cli = new SpawnedCli([...args, '--csv-full-history', '--json', '-'], { folder, env: SECRETS });
    const shown: string[] = [];
    let most = 0;
    const watch = setInterval(() => {
      const { leaks: found, processes } = leaksOfProcesses(cli.child.pid as number);
      shown.push(...found);
      most = Math.max(most, processes);
    }, 100);
    const { code, stdout, stderr } = await cli.ended;
    clearInterval(watch);
    expect(code).toBe(1);

    // The requests did carry them: what follows is not empty talk.
    const sent = server.requests.map(({ url, headers, body }) => JSON.stringify({ url, headers, body })).join('\n');
    for (const name of ['x-plain', 'x-odd']) expect(server.requests.every(({ headers }) => headers[name])).toBe(true);
    expect(sent).toContain(SECRETS.NODE_PLAIN_TOKEN);
    expect(sent).toContain(encodeURIComponent(SECRETS.NODESWARM_ODD_TOKEN));
    expect(sent).toContain(LITERALS.bearer);
    expect(sent).toContain(Buffer.from(`someone:${LITERALS.password}`).toString('base64'));

    // The samples are there, with what is not secret.
    const report = JSON.parse(stdout) as {
      failures: { error: string; samples: { responseBody: string; requestHead: string }[] }[];
    };
    expect(report.failures.map(({ error }) => error).sort()).toEqual(['Expectation: body contains', 'HTTP 500', 'HTTP 500']);
    for (const { samples } of report.failures) {
      expect(samples[0]?.requestHead).toMatch(/^POST \/[a-z-]+\/•••\?token=••• HTTP\/1\.1/);
      expect(samples[0]?.responseBody).toContain('•••');
    }

    // In the middle of the run there were shards and the store.
    expect(most).toBeGreaterThanOrEqual(4);
    expect(shown).toEqual([]);
    expect([...leaks('stdout', stdout), ...leaks('stderr', stderr)]).toEqual([]);
    expect(leaksOfFolder(folder, ['secrets.nodeswarm.json'])).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toHaveLength(6);
  });

  it('are in nothing that a crash leaves behind, nor in reports that Node is told to write', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'secrets.nodeswarm.json'), JSON.stringify(scenario(server.url)));
    const before = server.requests.length;
    const cli = new SpawnedCli(['run', 'secrets.nodeswarm.json', '--shards', '2', '-t', '60s', '--db', 'runs.db'], {
      folder,
      env: { ...SECRETS, NODE_OPTIONS: '--report-on-signal --report-on-fatalerror --report-uncaught-exception' },
    });
    await expect.poll(() => server.requests.length, { timeout: 30_000 }).toBeGreaterThan(before + 10);
    const main = cli.child.pid as number;
    const family = familyOf(main);
    const reports = () => readdirSync(folder).filter((name) => /^report\..*\.json$/.test(name));
    for (const pid of family) process.kill(pid, 'SIGUSR2');
    await expect.poll(() => reports().length, { timeout: 30_000 }).toBe(family.length);
    // Main, history and two shards; each crashes as the system makes programs crash.
    expect(family).toHaveLength(4);
    // What the system writes of its own accord is not Nodeswarm's.
    for (const pid of family) expect(spawnSync('prlimit', ['--pid', String(pid), '--core=0']).status).toBe(0);
    for (const pid of family.filter((each) => each !== main)) process.kill(pid, 'SIGSEGV');
    process.kill(main, 'SIGABRT');
    const { code, signal, stdout, stderr } = await cli.ended;
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGABRT' });
    const left = readdirSync(folder).filter(
      (name) => !/^(report\..*\.json|runs\.db(-shm|-wal)?|data|secrets\.nodeswarm\.json)$/.test(name),
    );
    expect(left).toEqual([]);
    expect([...leaks('stdout', stdout), ...leaks('stderr', stderr)]).toEqual([]);
    expect(leaksOfFolder(folder, ['secrets.nodeswarm.json'])).toEqual([]);
  });

  it('are in no reply, event, file or log of the app, while a run is on and after it', async () => {
    const host = new ApiHost({ secret: (name) => (SECRETS as Record<string, string>)[name] });
    const text = JSON.stringify(scenario(server.url));
    const replies: [string, unknown][] = [];
    const place = (task: number) => ({ nodeType: 0, task });
    for (const task of [0, 1, 2, 3]) {
      replies.push(['sendOnce', await host.call('scenarios.sendOnce', { text, path: null, place: place(task) })]);
      const preview = { text, path: null, place: place(task), step: 0, nodes: [0, 1], seed: 1 };
      replies.push(['preview', await host.call('scenarios.preview', preview)]);
    }
    const { record } = await host.call('runs.start', { text, path: null, shards: 1 });
    await host.next('run.second', ({ second }) => second.second === 1);
    // With the write-ahead log as it is in mid-run.
    expect(leaksOfFolder(host.folder)).toEqual([]);
    await host.next('run.status', ({ snapshot }) => snapshot.record.status === 'finished');
    const { id } = record;
    replies.push(['current', await host.call('runs.current', {})]);
    replies.push(['read', await host.call('runs.read', { id })]);
    replies.push(['list', await host.call('runs.list', {})]);
    for (const format of ['csv', 'html', 'json', 'hlog'] as const) await host.call('runs.export', { id, format });
    expect(replies.flatMap(([what, reply]) => leaks(what, JSON.stringify(reply)))).toEqual([]);
    // JSON writes quotes and backslashes in another way: the texts themselves, too.
    expect(replies.flatMap(([what, reply]) => leaks(what, textsOf(reply).join('\n')))).toEqual([]);
    expect(leaks('events', textsOf(host.events).join('\n'))).toEqual([]);
    expect(leaks('exports', host.files.exports.flatMap((files) => files.map((file) => file.text)).join('\n'))).toEqual([]);
    expect(leaks('log', host.logged.join('\n'))).toEqual([]);
    expect(leaksOfFolder(host.folder)).toEqual([]);
    // What was written out in the document is not in the copy that the run keeps, which says so when somebody runs it again.
    expect(record.scenario.target.auth).toEqual({
      kind: 'basic',
      username: 'someone',
      password: '{{secret.CREDENTIAL_NOT_KEPT}}',
    });
  });
});

/** Every text in a value, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
