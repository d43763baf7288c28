import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { errorMessage } from '../../shared/text/error-text';

/** Something is remembered only as long as the program runs, because its file cannot be written. The message is one sentence for the user. */
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
 * that cannot be understood is set aside (`NAME.broken`) and its default is used.
 */
export class JsonFile<Schema extends z.ZodType> {
  private current: z.output<Schema> | undefined;
  private loading: Promise<z.output<Schema>> | undefined;
  private lastWrite: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly schema: Schema,
    private readonly fallback: z.output<Schema>,
    /** What it holds, in the plural, as a sentence begins with it: `The settings`. */
    private readonly what: string,
    private readonly onLog: (line: string) => void,
  ) {}

  /** Never rejects. */
  async read(): Promise<z.output<Schema>> {
    if (this.current !== undefined) return this.current;
    this.loading ??= this.load();
    const loaded = await this.loading;
    // What was written meanwhile is newer.
    this.current ??= loaded;
    return this.current;
  }

  /** Remembers a value, at once for `read`. Rejects with `NotRemembered` when it cannot be written, and so lasts until the program ends. */
  async write(value: z.output<Schema>): Promise<void> {
    this.current = value;
    const written = this.lastWrite.then(() => this.store(value));
    this.lastWrite = written.catch(() => undefined);
    await written;
  }

  private async load(): Promise<z.output<Schema>> {
    try {
      return this.schema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return this.fallback;
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
    const temporary = `${this.path}.${randomBytes(4).toString('hex')}.partial`;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const reason = `${this.path} cannot be written (${errorMessage(error)})`;
      throw new NotRemembered(
        `${this.what} are kept only until Nodeswarm ends: ${reason}; make room, or let this account write there.`,
        reason,
      );
    }
  }
}
