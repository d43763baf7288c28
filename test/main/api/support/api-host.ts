import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Api, ApiOptions } from '../../../../src/main/api/api';
import { createApi } from '../../../../src/main/api/create-api';
import type { DocumentState, ExportedTo, HostFiles, PendingExport, SavedDocument } from '../../../../src/main/api/host-files';
import { builtEntries } from '../../../../src/main/process/build-entries';
import { NodeProcessHost } from '../../../../src/main/process/node-host';
import { SqliteStore } from '../../../../src/main/store/sqlite-store';
import type { ApiEventName, ApiEvents } from '../../../../src/shared/api/events';
import { API_EVENTS } from '../../../../src/shared/api/events';
import type { ApiErrorData, Reply } from '../../../../src/shared/api/reply';
import type { RouteInput, RouteName, RouteOutput } from '../../../../src/shared/api/routes';
import type { OpenedDocument } from '../../../../src/shared/api/types';
import { makeRun, type RunDataOptions } from '../../../support/run-data';
import { tempFolder } from '../../../support/temp-folder';

/** Files of a host in memory: what is opened is what was put there, what is written can be looked at. */
export class MemoryFiles implements HostFiles {
  readonly host = 'desktop';
  readonly documents = new Map<string, string>();
  readonly states: DocumentState[] = [];
  readonly recent: string[] = [];
  readonly exports: { name: string; text: string }[][] = [];
  /** What a user picks in the next dialogs; null cancels. */
  picked: string | null = null;

  async open(path: string | undefined): Promise<OpenedDocument | null> {
    const chosen = path ?? this.picked;
    return chosen === null ? null : { path: chosen, text: this.documents.get(chosen) ?? '' };
  }

  async save({ path, text }: SavedDocument): Promise<{ path: string } | null> {
    const chosen = path ?? this.picked;
    if (chosen === null) return null;
    this.documents.set(chosen, text);
    return { path: chosen };
  }

  async export({ files, write }: PendingExport): Promise<ExportedTo> {
    const folder = tempFolder();
    const paths = files.map(({ name }) => join(folder, name));
    await write(paths);
    const written = files.map(({ name }, index) => ({ name, text: readFileSync(paths[index] ?? '', 'utf8') }));
    this.exports.push(written);
    return { saved: written.map(({ name }) => name), downloads: [] };
  }

  documentChanged(state: DocumentState): void {
    this.states.push(state);
  }

  noteRecent(path: string): void {
    this.recent.push(path);
  }

  forgetRecent(): void {
    this.recent.length = 0;
  }
}

/** An API over real parts: SQLite in a file, shards and the demo backend in child processes. Closed when the test is over. */
export class ApiHost {
  readonly folder = tempFolder();
  readonly files = new MemoryFiles();
  readonly store = SqliteStore.open(join(this.folder, 'runs.db'));
  readonly logged: string[] = [];
  readonly events: { name: ApiEventName; event: unknown }[] = [];
  readonly api: Api;

  constructor(options: Partial<ApiOptions> = {}) {
    this.api = createApi({
      processHost: new NodeProcessHost(builtEntries()),
      store: this.store,
      files: this.files,
      dataFolder: this.folder,
      databaseFile: join(this.folder, 'runs.db'),
      secret: () => undefined,
      onLog: (line) => this.logged.push(line),
      ...options,
    });
    for (const name of API_EVENTS) this.api.on(name, (event) => this.events.push({ name, event }));
    onTestFinished(async () => {
      await this.api.close();
      await this.store.close();
    });
  }

  /** The data of a reply that must be fine, through JSON as it travels. */
  async call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>> {
    const reply = await this.api.call(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
    return JSON.parse(JSON.stringify(reply.data)) as RouteOutput<Name>;
  }

  /** The error of a reply that must not be fine. */
  async refusal(name: string, input: unknown): Promise<ApiErrorData> {
    const reply: Reply<unknown> = await this.api.call(name, input);
    if (reply.ok) throw new Error(`${name} was carried out`);
    return reply.error;
  }

  eventsOf<Name extends ApiEventName>(name: Name): ApiEvents[Name][] {
    return this.events.filter((entry) => entry.name === name).map(({ event }) => event as ApiEvents[Name]);
  }

  /** Resolves with the first such event from now on that fits. */
  next<Name extends ApiEventName>(name: Name, fits: (event: ApiEvents[Name]) => boolean = () => true): Promise<ApiEvents[Name]> {
    return new Promise((resolve) => {
      const stop = this.api.on(name, (event) => {
        if (!fits(event)) return;
        stop();
        resolve(event);
      });
    });
  }

  /** Stores a run that ended; returns its id. */
  async storeRun(options: Partial<RunDataOptions> = {}): Promise<number> {
    const { data, seconds } = makeRun(options);
    const id = await this.store.createRun({ ...data.run, owner: { hostname: 'elsewhere', pid: process.pid } });
    for (const second of seconds) await this.store.appendSecond(id, second, second.second === 0 ? data.events : []);
    const { statusReason, degraded, endedAt, startedAt } = data.run;
    await this.store.finishRun(id, { status: 'finished', statusReason, degraded, endedAt: endedAt ?? startedAt }, []);
    return id;
  }
}
