import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { API_EVENTS } from '../../shared/api/events';
import { eventChannel, routeChannel } from '../../shared/api/ipc-channels';
import type { Reply } from '../../shared/api/reply';
import { ROUTE_NAMES } from '../../shared/api/route-names';
import type { Api } from '../api/api';
import { isAppUrl } from './app-url';

/** Serves the routes of the API to the window over IPC, a channel each, and passes the API's events on to it. */
export function bridgeApi(api: Api, window: () => WebContents | null): void {
  for (const name of ROUTE_NAMES) {
    ipcMain.handle(routeChannel(name), (event, input: unknown): Promise<Reply<unknown>> | Reply<unknown> =>
      isFromApp(event, window()) ? api.call(name, input) : FOREIGN_SENDER,
    );
  }
  for (const name of API_EVENTS) {
    api.on(name, (payload) => {
      const contents = window();
      // A page that is not the app's gets nothing, should one ever be there.
      if (contents && !contents.isDestroyed() && isAppUrl(contents.getURL())) contents.send(eventChannel(name), payload);
    });
  }
}

const FOREIGN_SENDER: Reply<never> = {
  ok: false,
  error: { code: 'refused', message: 'This page is not part of Nodeswarm and may not use it.' },
};

/** Only the main frame of the app's own window counts, while it shows the app. */
function isFromApp(event: IpcMainInvokeEvent, contents: WebContents | null): boolean {
  const frame = event.senderFrame;
  return frame !== null && event.sender === contents && frame.parent === null && isAppUrl(frame.url);
}
