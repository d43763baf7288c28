import { contextBridge, ipcRenderer } from 'electron';
import type { PreloadApi } from '../shared/api/client';
import { API_EVENTS } from '../shared/api/events';
import { eventChannel, routeChannel } from '../shared/api/ipc-channels';
import { ROUTE_NAMES } from '../shared/api/route-names';

// All that the page gets of the system: a method for each route and the events of the API, by name.

const routes = Object.fromEntries(
  ROUTE_NAMES.map((name) => {
    const channel = routeChannel(name);
    return [name, (input: unknown) => ipcRenderer.invoke(channel, input)];
  }),
) as PreloadApi['routes'];

const api: PreloadApi = {
  routes,
  on(name, listener) {
    if (!API_EVENTS.includes(name)) throw new Error('There is no such event.');
    const channel = eventChannel(name);
    // The event object of the channel stays here: through it a page could answer main.
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => void ipcRenderer.off(channel, forward);
  },
};

contextBridge.exposeInMainWorld('nodeswarm', api);
