import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../is-alive';

/** How often the first instance looks for others, ms. */
const POLL_MS = 50;

type OtherInstance = (argv: string[], workingFolder: string, additionalData: unknown) => void;

/** One instance a user data folder: a file that names the first one, and a file from each one that came later. */
export class SingleInstance {
  private readonly lockFile: string;
  private polling: NodeJS.Timeout | undefined;
  private isFirst = false;

  constructor(private readonly folder: string) {
    this.lockFile = join(folder, 'instance.lock');
  }

  /** Whether this is the first instance; one that is not leaves its message for the first. */
  acquire(additionalData: unknown): boolean {
    if (this.isFirst) return true;
    try {
      const file = openSync(this.lockFile, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      this.isFirst = true;
      return true;
    } catch {
      if (!isAlive(Number(readFileSync(this.lockFile, 'utf8')))) {
        rmSync(this.lockFile, { force: true });
        return this.acquire(additionalData);
      }
    }
    const message = join(this.folder, `instance-${process.pid}`);
    writeFileSync(`${message}.part`, JSON.stringify({ argv: process.argv, folder: process.cwd(), additionalData }));
    renameSync(`${message}.part`, `${message}.json`);
    return false;
  }

  listen(onOther: OtherInstance): void {
    this.polling = setInterval(() => {
      for (const name of readdirSync(this.folder)) {
        if (!/^instance-\d+\.json$/.test(name)) continue;
        const { argv, folder, additionalData } = JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
        rmSync(join(this.folder, name));
        onOther(argv, folder, additionalData);
      }
    }, POLL_MS);
  }

  release(): void {
    clearInterval(this.polling);
    if (this.isFirst) rmSync(this.lockFile, { force: true });
  }
}
