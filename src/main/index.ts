import { join } from 'node:path';
import { app, dialog } from 'electron';
import { errorMessage, errorTrace } from '../shared/text/error-text';
import { declareAppScheme } from './desktop/app-protocol';
import { openDesktop } from './desktop/desktop-app';
import { documentInArguments } from './desktop/document-arguments';
import { DocumentOpening, type InstanceMessage } from './desktop/document-opening';
import { lockDown } from './desktop/security';
import { hindranceOfFolder } from './desktop/user-data-folder';
import { onUncaughtError } from './process/uncaught-errors';
import { dataFolder } from './store/locations';

// The composition root of the desktop app: what has to be done before Electron is ready. It must not await here at the top: Electron
// is not ready before this module has been carried out.

app.setName('Nodeswarm');
app.setAppUserModelId('app.nodeswarm');
// What Chromium keeps lies apart from the history; the lock of the single instance goes by this folder.
const userData = join(dataFolder(), 'chromium');
const hindrance = hindranceOfFolder(userData);
if (hindrance === null) app.setPath('userData', userData);
declareAppScheme();
app.enableSandbox();

const message: InstanceMessage = { document: documentInArguments(process.argv, process.cwd()) };
if (hindrance !== null) {
  refuseToStart(hindrance);
} else if (app.requestSingleInstanceLock(message)) {
  const opening = new DocumentOpening(app, message.document);
  app
    .whenReady()
    .then(() => {
      lockDown(app);
      return openDesktop(opening);
    })
    .catch(fail);
} else {
  // The first instance shows the file.
  app.quit();
}

// Until the app is there, which knows of a run as well.
onUncaughtError(report);

/** An error that nobody caught is told to whoever started the program. */
function report(error: unknown): void {
  console.error(errorTrace(error));
}

function fail(error: unknown): void {
  report(error);
  refuseToStart(`${errorMessage(error)}\nThe rest of what went wrong is on standard error.`);
}

function refuseToStart(why: string): void {
  dialog.showErrorBox('Nodeswarm could not be started', why);
  app.exit(1);
}
