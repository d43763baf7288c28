import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { errorMessage } from '../../shared/text/error-text';

/** Something is remembered only as long as the program runs, because its file cannot be written, or could not be read. The message is one sentence for the user. */
export class NotRemembered extends Error {
  override name = 'NotRemembered';

  constructor(
    message: string,
    /** What is in the way, without a full stop. */
    readonly reason: string,
  ) {
    super(message);
  }
}

/**
 * A small JSON file that remembers something from one start to the next. It is replaced as a whole, so that it is never half written; one
 * that cannot be understood is set aside (`NAME.broken`) and its default is used. One that cannot be read (no file descriptor left, no
 * right to it, a fault of the disk) may be whole: it stays as it is, and nothing is written over it before it has been read.
 */
export class JsonFile<Schema extends z.ZodType> {
  private current: z.output<Schema> | undefined;
  /** The attempt to read the file that is on, or that went well. */
  private loading: Promise<z.output<Schema>> | undefined;
  /** Why the last attempt to read the file failed. */
  private unread: string | undefined;
  private lastWrite: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly schema: Schema,
    private readonly fallback: z.output<Schema>,
    /** What it holds, in the plural, as a sentence begins with it: `The settings`. */
    private readonly what: string,
    private readonly onLog: (line: string) => void,
  ) {}

  /** Never rejects. A file that could not be read is tried again the next time, unless something was written since. */
  async read(): Promise<z.output<Schema>> {
    if (this.current !== undefined) return this.current;
    const loaded = await this.load();
    // What was written meanwhile is newer.
    if (this.current === undefined && !this.isUnread) this.current = loaded;
    return this.current ?? loaded;
  }

  /** Whether the file could not be read, and so may hold something else than what `read` gave. */
  get isUnread(): boolean {
    return this.unread !== undefined;
  }

  /**
   * Remembers a value, at once for `read`. Rejects with `NotRemembered` when it cannot be written, or would replace what could not be read,
   * and so lasts until the program ends.
   */
  async write(value: z.output<Schema>): Promise<void> {
    this.current = value;
    const written = this.lastWrite.then(() => this.store(value));
    this.lastWrite = written.catch(() => undefined);
    await written;
  }

  private load(): Promise<z.output<Schema>> {
    this.loading ??= this.readFile();
    return this.loading;
  }

  private async readFile(): Promise<z.output<Schema>> {
    try {
      const loaded = await this.contents();
      this.unread = undefined;
      return loaded;
    } catch (error) {
      this.loading = undefined;
      const reason = `${this.path} cannot be read (${errorMessage(error)})`;
      if (reason !== this.unread) this.onLog(`${reason}; it stays as it is, and defaults are used.`);
      this.unread = reason;
      return this.fallback;
    }
  }

  /** Rejects when the file is there and cannot be read. */
  private async contents(): Promise<z.output<Schema>> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
    if (text === null) return this.fallback;
    try {
      return this.schema.parse(JSON.parse(text));
    } catch (error) {
      const aside = await rename(this.path, `${this.path}.broken`).then(
        () => 'it was set aside',
        () => 'it stays where it is',
      );
      this.onLog(`${this.path} cannot be used (${errorMessage(error)}); ${aside}, and defaults are used.`);
      return this.fallback;
    }
  }

  private async store(value: z.output<Schema>): Promise<void> {
    // Only the last of several values that wait is worth writing.
    if (value !== this.current) return;
    if (!this.isUnread) await this.load();
    if (this.unread !== undefined) {
      throw this.notRemembered(this.unread, 'give this account read access, or remove it, and start Nodeswarm again');
    }
    const temporary = `${this.path}.${randomBytes(4).toString('hex')}.partial`;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw this.notRemembered(
        `${this.path} cannot be written (${errorMessage(error)})`,
        'free some space, or give this account write access',
      );
    }
  }

  private notRemembered(reason: string, remedy: string): NotRemembered {
    return new NotRemembered(`${this.what} are kept only until Nodeswarm closes: ${reason}; ${remedy}.`, reason);
  }
}
