import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApi } from '../../../src/main/api/create-api';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { ApiHost } from './support/api-host';

describe('app', () => {
  it('says who serves it and what it remembers', async () => {
    const host = new ApiHost();
    const info = await host.call('app.info', {});
    expect(info).toMatchObject({
      host: 'desktop',
      platform: process.platform,
      databaseFile: join(host.folder, 'runs.db'),
      recent: [],
      settings: { theme: 'system', density: 'comfortable', maxRequestsPerSecond: null },
      recovery: null,
      openDocument: null,
    });
    expect(info.cores).toBeGreaterThan(0);
    expect(info.samples.map(({ id }) => id)).toContain('iot-backend');
    for (const { name, description } of info.samples) expect([name, description].every((text) => text !== '')).toBe(true);
  });

  it('says that settings and unsaved work cannot be written, and holds them until it ends', async () => {
    const host = new ApiHost();
    const refused = (what: string, name: string) => ({
      code: 'refused',
      message: expect.stringMatching(
        new RegExp(
          `^${what} are kept only until Nodeswarm closes: .*${name} cannot be written \\(E[A-Z]+: .*; free some space, .*\\.$`,
        ),
      ),
    });
    // Read before: what cannot be read is said in other words.
    await host.call('app.info', {});
    // A folder of that name: the file cannot take its place, whoever asks.
    for (const name of ['settings.json', 'recovery.json']) mkdirSync(join(host.folder, name, 'in-the-way'), { recursive: true });

    expect(await host.refusal('settings.set', { theme: 'dark' })).toMatchObject(refused('The settings', 'settings\\.json'));
    expect(host.eventsOf('settings.changed').at(-1)).toMatchObject({ theme: 'dark' });

    // Once, and not with every change.
    expect(await host.refusal('scenarios.autosave', { path: null, text: 'a' })).toMatchObject(
      refused('Unsaved changes', 'recovery\\.json'),
    );
    await host.call('scenarios.autosave', { path: null, text: 'ab' });
    expect(await host.call('app.info', {})).toMatchObject({ settings: { theme: 'dark' }, recovery: { text: 'ab' } });

    for (const name of ['settings.json', 'recovery.json']) rmSync(join(host.folder, name), { recursive: true });
    await host.call('settings.set', { density: 'compact' });
    await host.call('scenarios.autosave', { path: null, text: 'abc' });
    expect(JSON.parse(readFileSync(join(host.folder, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'dark',
      density: 'compact',
    });
    expect(JSON.parse(readFileSync(join(host.folder, 'recovery.json'), 'utf8'))).toMatchObject({ text: 'abc' });
    // Told again when it is no longer so.
    rmSync(join(host.folder, 'recovery.json'));
    mkdirSync(join(host.folder, 'recovery.json', 'in-the-way'), { recursive: true });
    expect(await host.refusal('scenarios.autosave', { path: null, text: 'abcd' })).toMatchObject({ code: 'refused' });
  });

  it('opens every sample as a document that is right and no file yet', async () => {
    const host = new ApiHost();
    const { samples } = await host.call('app.info', {});
    expect(samples.map(({ id }) => id)).toEqual(['fleet-telemetry', 'iot-backend', 'login-and-publish']);
    for (const { id } of samples) {
      const { path, text } = await host.call('scenarios.openSample', { id });
      expect(path).toBeNull();
      expect(parseScenario(text).ok, id).toBe(true);
    }
    for (const id of ['nothing', '../iot-backend', 'iot-backend.nodeswarm.json']) {
      expect(await host.refusal('scenarios.openSample', { id })).toMatchObject({ code: 'not-found' });
    }
  });

  it('remembers settings, recent files and unsaved work for the next start', async () => {
    const host = new ApiHost();
    expect(await host.call('settings.set', { theme: 'dark' })).toEqual({
      theme: 'dark',
      density: 'comfortable',
      maxRequestsPerSecond: null,
    });
    await host.call('settings.set', { density: 'compact' });
    expect(host.eventsOf('settings.changed').at(-1)).toEqual({
      theme: 'dark',
      density: 'compact',
      maxRequestsPerSecond: null,
    });

    host.files.documents.set('/a.nodeswarm.json', 'A');
    expect(await host.call('scenarios.open', { path: '/a.nodeswarm.json' })).toEqual({ path: '/a.nodeswarm.json', text: 'A' });
    expect(await host.call('scenarios.open', {})).toBeNull();
    host.files.picked = '/b.nodeswarm.json';
    expect(await host.call('scenarios.save', { path: null, suggestedName: 'b', text: 'B' })).toEqual({
      path: '/b.nodeswarm.json',
    });
    await host.call('scenarios.open', { path: '/a.nodeswarm.json' });
    host.files.picked = null;
    expect(await host.call('scenarios.save', { path: null, suggestedName: 'c', text: 'C' })).toBeNull();
    expect(host.files.recent).toEqual(['/a.nodeswarm.json', '/b.nodeswarm.json', '/a.nodeswarm.json']);
    await host.call('scenarios.autosave', { path: '/a.nodeswarm.json', text: 'unsaved' });
    const remembered = await host.call('app.info', {});

    const next = createApi({
      processHost: {
        fork: () => {
          throw new Error('nothing is to be started');
        },
      },
      store: host.store,
      files: host.files,
      dataFolder: host.folder,
      databaseFile: '',
    });
    const info = await next.call('app.info', {});
    expect(info).toMatchObject({
      ok: true,
      data: {
        settings: { theme: 'dark', density: 'compact' },
        recent: [
          { path: '/a.nodeswarm.json', name: 'a.nodeswarm.json' },
          { path: '/b.nodeswarm.json', name: 'b.nodeswarm.json' },
        ],
        recovery: { path: '/a.nodeswarm.json', text: 'unsaved', savedAt: remembered.recovery?.savedAt },
      },
    });
    await next.call('scenarios.autosave', { path: null, text: '' });
    expect(await next.call('app.info', {})).toMatchObject({ data: { recovery: null } });
    await next.close();
  });

  it('sets a broken file aside and begins with defaults', async () => {
    const host = new ApiHost();
    for (const [file, text] of [
      ['settings.json', '{"theme":"pink"}'],
      ['recent.json', '{'],
      ['recovery.json', '[]'],
    ] as const) {
      writeFileSync(join(host.folder, file), text);
    }
    expect(await host.call('app.info', {})).toMatchObject({
      settings: { theme: 'system', density: 'comfortable', maxRequestsPerSecond: null },
      recent: [],
      recovery: null,
    });
    expect(readFileSync(join(host.folder, 'recent.json.broken'), 'utf8')).toBe('{');
    expect(existsSync(join(host.folder, 'settings.json'))).toBe(false);
    expect(host.logged).toHaveLength(3);
    await host.call('settings.set', { theme: 'light' });
    expect(JSON.parse(readFileSync(join(host.folder, 'settings.json'), 'utf8'))).toEqual({
      theme: 'light',
      density: 'comfortable',
      maxRequestsPerSecond: null,
    });
  });

  it('leaves a file alone that cannot be read, says so, and writes nothing over it', async () => {
    const host = new ApiHost();
    const folder = join(host.folder, 'elsewhere');
    mkdirSync(folder);
    const files = ['settings.json', 'recent.json', 'recovery.json'] as const;
    // Links that lead round in a circle until the files are there.
    for (const file of files) {
      symlinkSync(join(folder, file), join(host.folder, file));
      symlinkSync(file, join(folder, file));
    }
    for (let time = 0; time < 2; time++) {
      expect(await host.call('app.info', {})).toMatchObject({ settings: { theme: 'system' }, recent: [], recovery: null });
    }
    expect(host.logged.toSorted()).toEqual(
      files.toSorted().map((file) => {
        const path = join(host.folder, file).replaceAll(/[.\\]/g, '\\$&');
        return expect.stringMatching(
          new RegExp(`^${path} cannot be read \\(ELOOP: .*\\); it stays as it is, and defaults are used\\.$`),
        );
      }),
    );

    const refused = (reason: RegExp) => ({ code: 'refused', message: expect.stringMatching(reason) });
    const sentence =
      /^Unsaved changes are kept only until Nodeswarm closes: .*recovery\.json cannot be read \(ELOOP: .*; give .* again\.$/;
    expect(await host.refusal('scenarios.autosave', { path: null, text: 'a' })).toMatchObject(refused(sentence));
    expect(await host.refusal('scenarios.forgetRecent', {})).toMatchObject(
      refused(/^They are forgotten only until Nodeswarm closes: .*recent\.json cannot be read/),
    );

    // As they were before the moment in which they could not be read.
    for (const file of files) rmSync(join(folder, file));
    writeFileSync(join(folder, 'settings.json'), '{"theme":"dark","density":"compact"}');
    writeFileSync(join(folder, 'recent.json'), '[{"path":"/a.nodeswarm.json"}]');
    writeFileSync(join(folder, 'recovery.json'), '{"path":null,"text":"of the last time","savedAt":1}');
    expect(await host.call('settings.set', { theme: 'light' })).toMatchObject({ theme: 'light', density: 'compact' });
    await host.call('scenarios.autosave', { path: null, text: 'ab' });
    expect(await host.call('app.info', {})).toMatchObject({ settings: { density: 'compact' }, recovery: { text: 'ab' } });

    const next = new ApiHost({ dataFolder: host.folder });
    expect(await next.call('app.info', {})).toMatchObject({
      settings: { theme: 'light', density: 'compact' },
      recent: [{ path: '/a.nodeswarm.json' }],
      recovery: { text: 'of the last time' },
    });
  });

  it('keeps the last of many settings that are set at once', async () => {
    const host = new ApiHost();
    const themes = ['dark', 'light', 'system', 'dark', 'light'] as const;
    await Promise.all(themes.map((theme) => host.call('settings.set', { theme })));
    expect(JSON.parse(readFileSync(join(host.folder, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'light' });
  });

  it('shows a document to who listens and to who comes before any renderer has one', async () => {
    const host = new ApiHost();
    host.api.showDocument({ path: '/x.nodeswarm.json', text: '{' });
    expect(host.eventsOf('document.open')).toEqual([{ path: '/x.nodeswarm.json', text: '{' }]);
    expect((await host.call('app.info', {})).openDocument).toEqual({ path: '/x.nodeswarm.json', text: '{' });
    await host.call('document.state', { name: 'x', path: '/x.nodeswarm.json', dirty: false });
    expect((await host.call('app.info', {})).openDocument).toBeNull();
    expect(host.files.states).toEqual([{ name: 'x', path: '/x.nodeswarm.json', dirty: false }]);
  });

  it('starts the demo backend in a process of its own, says where it is, and ends it', async () => {
    const host = new ApiHost();
    expect(await host.refusal('demo.start', { latency: 'soon' })).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^Latency "soon"/),
    });
    const [{ url }, again] = await Promise.all([host.call('demo.start', { errorPercent: 100 }), host.call('demo.start', {})]);
    expect(again.url).toBe(url);
    expect((await fetch(`${url}/greet/1`)).status).toBe(503);
    expect(await host.call('demo.start', {})).toEqual({ url });
    await host.call('demo.stop', {});
    await expect(fetch(`${url}/greet/1`)).rejects.toThrow();
    expect(host.eventsOf('demo.status')).toEqual([{ url }, { url: null }]);
    await host.call('demo.stop', {});
  });
});
