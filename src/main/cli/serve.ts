import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createApi } from '../api/create-api';
import { builtEntries } from '../process/build-entries';
import { NodeProcessHost } from '../process/node-host';
import { onUncaughtError } from '../process/uncaught-errors';
import { dataFolder } from '../store/locations';
import { StoreClient } from '../store/store-client';
import { isLoopback } from '../web/access';
import { BrowserFiles } from '../web/browser-files';
import { Downloads } from '../web/downloads';
import { WebHost } from '../web/web-host';
import { parseWholeNumber } from './arguments';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { EXIT, impossible } from './exit-code';
import { allowedFolders, type FileOptionValues } from './file-options';
import { databaseFile } from './open-history';
import { readScenarioText } from './scenario-file';

/** Options as on the command line. */
export interface ServeValues extends FileOptionValues {
  port: string;
  host: string;
  allowRemote?: boolean;
  db?: string;
}

/** `nodeswarm serve [SCENARIO]`: the app in a browser, until it is interrupted. */
export async function serve(scenario: string | undefined, values: ServeValues, io: CommandIo): Promise<number> {
  const port = parseWholeNumber(values.port, '--port', { min: 0, max: 65_535 });
  const document = scenario === undefined ? null : await readScenarioText(scenario, io.folder);
  const entries = builtEntries();
  const rendererFolder = join(dirname(entries.shard), '..', 'renderer');
  if (!existsSync(join(rendererFolder, 'index.html'))) {
    throw impossible(`the app's pages are missing (${rendererFolder}); build them with "npm run build"`);
  }
  const processHost = new NodeProcessHost(entries);
  const file = databaseFile(values.db, io);
  const note = (line: string) => io.stderr.write(`nodeswarm: ${printable(line)}\n`);
  const store = new StoreClient(processHost, file, (line) => note(`history: ${line}`));
  const downloads = new Downloads();
  let release = () => {};
  try {
    // A database that cannot be used is found before anything else begins.
    await store.lastRunId();
    const { host, allowRemote } = values;
    const api = createApi({
      processHost,
      store,
      files: new BrowserFiles(downloads),
      dataFolder: dataFolder(io.env),
      databaseFile: file,
      secret: (name) => io.env[name],
      onLog: note,
      allowedFolders: allowedFolders(values, io),
      // Whoever reaches the server from elsewhere has no say over the files of this machine.
      fileConsent: allowRemote ? 'nobody' : 'user',
    });
    release = onUncaughtError((error) => api.noteUncaughtError(error));
    const web = await WebHost.start({ api, downloads, rendererFolder, port, host, allowRemote, onLog: note });
    if (document) api.showDocument(document);
    let interrupts = 0;
    const interrupted = new Promise<void>((resolve) =>
      io.onInterrupt(() => {
        if (++interrupts === 1) resolve();
        else void api.stopRun();
      }),
    );
    io.stdout.write(`Nodeswarm is ready. Open this link in a browser: ${web.link}\n`);
    if (!isLoopback(host)) io.stdout.write(REMOTE_NOTE);
    io.stdout.write('Keep the link to yourself: it is the key. Ctrl-C ends the server.\n');
    await interrupted;
    if (api.running) io.stdout.write('Stopping the run; Ctrl-C again stops it at once.\n');
    await api.close();
    await web.close();
    return EXIT.fine;
  } finally {
    release();
    await downloads.close();
    await store.close();
  }
}

const REMOTE_NOTE =
  'Other machines can reach this server (--allow-remote), over plain HTTP: anyone who has the link, or can read the network traffic, can start load tests from this machine. Scenarios can read the files of their own folder and of --allow-files, and no others.\n';
