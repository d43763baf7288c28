import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp-folder';

const root = join(import.meta.dirname, '../..');

/** `npm start` where nothing can show a window, and its lines up to the link. */
async function startWithoutDisplay(folder: string, args: string[]) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const child: ChildProcess = spawn('node', [join(root, 'scripts/start.mjs'), ...args], {
    cwd: root,
    env: { ...environment, NODESWARM_DATA: folder, INIT_CWD: root },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: the server that it starts ends with it.
    detached: true,
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGINT');
    await ended;
  });
  const lines: string[] = [];
  if (!child.stdout) throw new Error('npm start has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const link = /http:\S+\?token=\S+/.exec(line)?.[0];
    if (link) return { lines, link: new URL(link) };
  }
  throw new Error(`npm start ended without a link:\n${lines.join('\n')}`);
}

// Elsewhere there is a display as far as the script can tell, and it opens a window.
describe.runIf(process.platform === 'linux')('npm start without a display', () => {
  it('serves the app to a browser, says why, and opens the scenario that it was given', async () => {
    const folder = tempFolder();
    const { lines, link } = await startWithoutDisplay(folder, ['resources/scenarios/iot-backend.nodeswarm.json']);
    expect(lines).toContain(
      'The desktop window cannot be opened because there is no display, so the app is served to a browser: open the link below.',
    );
    expect(link.hostname).toBe('127.0.0.1');
    expect(await (await fetch(link)).text()).toContain('<title>Nodeswarm</title>');
    const response = await fetch(`${link.origin}/api/app.info`, {
      method: 'POST',
      headers: { authorization: `Bearer ${link.searchParams.get('token')}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      data: { host: 'browser', openDocument: { path: join(root, 'resources/scenarios/iot-backend.nodeswarm.json') } },
    });
  }, 120_000);
});
