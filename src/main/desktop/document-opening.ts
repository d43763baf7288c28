import type { App } from 'electron';

/** What a second instance hands to the first before it ends. */
export interface InstanceMessage {
  /** The scenario file it was started with; absolute. */
  document: string | null;
}

/**
 * Files that the system hands over: by double click, drop on the dock, recent documents, the command line of this or of a second
 * instance. Those that come before the app can show them wait; of several, the last one is shown.
 */
export class DocumentOpening {
  private show: ((path: string) => void) | null = null;

  /** Listens from now on: `open-file` may come before the app is ready. `waiting` is the file that this instance was started with. */
  constructor(
    app: App,
    private waiting: string | null,
  ) {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.open(path);
    });
    app.on('second-instance', (_event, _argv, _folder, message) => {
      const path = documentOf(message);
      if (path !== null) this.open(path);
    });
  }

  /** From now on files are shown at once, beginning with the one that waits. */
  showWith(show: (path: string) => void): void {
    this.show = show;
    const path = this.waiting;
    this.waiting = null;
    if (path !== null) show(path);
  }

  private open(path: string): void {
    if (this.show) this.show(path);
    else this.waiting = path;
  }
}

function documentOf(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('document' in message)) return null;
  return typeof message.document === 'string' ? message.document : null;
}
