import { EventEmitter } from 'node:events';
import type { ApiEventName, ApiEvents } from '../../shared/api/events';
import { ApiError, type Reply } from '../../shared/api/reply';
import { ROUTES, type RouteName } from '../../shared/api/routes';
import type { OpenedDocument } from '../../shared/api/types';
import { errorMessage, errorTrace } from '../../shared/text/error-text';
import { RunController } from '../runs/run-controller';
import type { Api, ApiOptions } from './api';
import { appHandlers } from './app';
import { AppMemory } from './app-memory';
import { ConfirmedHosts } from './confirmed-hosts';
import { CurrentRun } from './current-run';
import { Demo } from './demo';
import { DocumentAccess } from './document-access';
import { expectedError } from './error-reply';
import type { Emit, Handlers } from './handlers';
import { invalidInput } from './input-problems';
import { RunDeletions } from './run-deletions';
import { runHandlers } from './runs';
import { Scenarios } from './scenarios';

/** Makes the API over a host's parts. It takes no resources until it is called. */
export function createApi(options: ApiOptions): Api {
  return new HostApi(options);
}

class HostApi implements Api {
  private readonly events = new EventEmitter<{ [Name in ApiEventName]: [event: ApiEvents[Name]] }>();
  private readonly onLog: (line: string) => void;
  private readonly access: DocumentAccess;
  private readonly current: CurrentRun;
  private readonly deletions: RunDeletions;
  private readonly scenarios: Scenarios;
  private readonly demo: Demo;
  private readonly handlers: Handlers;
  private documentToShow: OpenedDocument | null = null;
  private closing: Promise<void> | null = null;

  constructor(options: ApiOptions) {
    const { processHost, store, files, dataFolder, databaseFile, secret: givenSecret, onLog, resolveHost } = options;
    // A window or a browser tab each.
    this.events.setMaxListeners(0);
    // Not written to the stream itself: where nobody reads it any more, that would be an error that nobody catches.
    this.onLog = onLog ?? ((line) => console.error(`nodeswarm: ${line}`));
    const secret = givenSecret ?? ((name) => process.env[name]);
    const emit: Emit = (name, event) => this.emit(name, event);
    const memory = new AppMemory(dataFolder, this.onLog);
    const hosts = new ConfirmedHosts(dataFolder, this.onLog);
    this.access = new DocumentAccess(options.allowedFolders ?? [], options.fileConsent ?? 'user');
    this.current = new CurrentRun(new RunController({ host: processHost, store, resolveHost }), emit);
    this.deletions = new RunDeletions(store, (line) => {
      this.onLog(line);
      emit('history.changed', {});
    });
    this.scenarios = new Scenarios({ files, memory, hosts, access: this.access, secret, resolveHost });
    this.demo = new Demo(processHost, emit);
    const app = appHandlers({
      files,
      memory,
      access: this.access,
      databaseFile,
      emit,
      documentToShow: () => this.documentToShow,
    });
    this.handlers = {
      ...app,
      'document.state': (state) => {
        // The renderer has a document now; one that is loaded later must not be shown this one again.
        this.documentToShow = null;
        return app['document.state'](state);
      },
      ...this.scenarios.handlers,
      ...runHandlers({
        store,
        databaseFile,
        processHost,
        current: this.current,
        deletions: this.deletions,
        files,
        memory,
        hosts,
        emit,
        access: this.access,
        secret,
      }),
      ...this.demo.handlers,
    };
  }

  get running(): boolean {
    return this.current.running;
  }

  async call(name: string, input: unknown): Promise<Reply<unknown>> {
    try {
      return { ok: true, data: (await this.carryOut(name, input)) ?? null };
    } catch (error) {
      const expected = expectedError(error);
      if (expected) return { ok: false, error: expected };
      this.onLog(`${name} failed: ${errorTrace(error)}`);
      const message = 'Something went wrong in Nodeswarm itself; its log says more. Try again, and report it if it comes back.';
      return { ok: false, error: { code: 'internal', message } };
    }
  }

  on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): () => void {
    // What one listener does wrong is not the run's business, nor that of the others.
    const guarded = (event: ApiEvents[Name]) => {
      try {
        listener(event);
      } catch (error) {
        this.onLog(`a listener of ${name} failed: ${errorMessage(error)}`);
      }
    };
    const events = this.events as EventEmitter;
    events.on(name, guarded);
    return () => events.off(name, guarded);
  }

  emit<Name extends ApiEventName>(name: Name, event: ApiEvents[Name]): void {
    (this.events as EventEmitter).emit(name, event);
  }

  showDocument(document: OpenedDocument): void {
    this.documentToShow = document;
    this.access.note(document.path);
    this.emit('document.open', document);
  }

  noteUncaughtError(error: unknown): void {
    this.onLog(`unexpected error: ${errorTrace(error)}`);
    this.current.noteUncaughtError(error);
  }

  stopRun(): Promise<void> {
    return this.current.stopAndWait();
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async carryOut(name: string, input: unknown): Promise<unknown> {
    if (this.closing) throw new ApiError('unavailable', 'Nodeswarm is closing; start it again.');
    if (!isRoute(name))
      throw new ApiError('not-found', 'The API has no such route; the page and the program may be of different versions.');
    const parsed = ROUTES[name].input.safeParse(input);
    if (!parsed.success) throw invalidInput(name, parsed.error.issues);
    const handler = this.handlers[name] as (input: unknown) => unknown;
    return await handler(parsed.data);
  }

  private async shutDown(): Promise<void> {
    this.scenarios.close();
    await this.current.stopAndWait();
    await Promise.all([this.deletions.close(), this.demo.close()]);
    this.events.removeAllListeners();
  }
}

function isRoute(name: string): name is RouteName {
  return Object.hasOwn(ROUTES, name);
}
