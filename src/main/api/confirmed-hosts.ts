import { join } from 'node:path';
import { z } from 'zod';
import { hostOf } from '../../shared/target/test-permission';
import { JsonFile } from './json-file';

const schema = z.array(z.object({ host: z.string(), confirmedAt: z.number() }));

/** Hosts that the user has confirmed to be allowed to load-test, from one start to the next; each is asked about once. A file of a folder. */
export class ConfirmedHosts {
  private readonly file: JsonFile<typeof schema>;

  constructor(folder: string, onLog: (line: string) => void) {
    this.file = new JsonFile(join(folder, 'confirmed-hosts.json'), schema, [], 'The confirmed hosts', onLog);
  }

  async list(): Promise<string[]> {
    return (await this.file.read()).map(({ host }) => host);
  }

  /**
   * Rejects with `NotRemembered` when the host is confirmed only until the program ends.
   * @param host in any form that `hostOf` reads; one that it does not read is ignored
   */
  async add(host: string): Promise<void> {
    const name = hostOf(host);
    const known = await this.file.read();
    if (name === null || known.some((entry) => entry.host === name)) return;
    await this.file.write([...known, { host: name, confirmedAt: Date.now() }]);
  }
}
