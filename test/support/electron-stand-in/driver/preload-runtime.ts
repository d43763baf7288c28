/** What the preload and the page find under the stand-in; `DELIVER` in the page takes what main sends. */
export const BINDING = '__electronStandIn';
export const DELIVER = 'electron-stand-in:deliver';

/**
 * The script that runs before every page: the preload, with `electron` being `contextBridge` and `ipcRenderer`. It runs in the page's own
 * world: nothing of it is left there but what the preload exposes and, under a symbol, the way in for main's messages.
 */
export function preloadScript(preloadSource: string): string {
  const body = `function (require, module, exports) { ${preloadSource}\n}`;
  return `(${runPreload.toString()})(${body}, ${JSON.stringify(BINDING)}, ${JSON.stringify(DELIVER)});`;
}

type Call = (request: { kind: string; channel: string; args: unknown[] }) => Promise<{ value?: unknown; error?: string }>;
type Listener = (event: object, ...args: unknown[]) => void;

/** Carried over to the page as text: it may refer to nothing outside of itself. */
function runPreload(
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
  binding: string,
  deliver: string,
): void {
  const page = window as unknown as Record<string, unknown>;
  const call = page[binding] as Call;
  delete page[binding];
  // Electron runs a preload in the main frame only.
  if (window !== window.top) return;

  const listeners = new Map<string, Set<Listener>>();
  const send = async (kind: string, channel: string, args: unknown[]) => {
    // Throws for what cannot be cloned, as Electron does.
    const reply = await call({ kind, channel, args: structuredClone(args) });
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  };
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      try {
        return await send('invoke', channel, args);
      } catch (error) {
        throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
      }
    },
    on(channel: string, listener: Listener) {
      const ofChannel = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofChannel.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  Object.defineProperty(window, Symbol.for(deliver), {
    value: (channel: string, args: unknown[]) => {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({ sender: ipcRenderer }, ...args);
    },
  });

  /** A copy for the other side of the bridge: functions become functions that copy, all else is cloned; nothing is shared. */
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') return (...args: unknown[]) => copy(value(...args.map(copy)));
    if (value instanceof Promise) return value.then(copy);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(copy);
    if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
  };
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) freeze(member);
    return Object.freeze(value);
  };
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown) {
      if (key in window) throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
      Object.defineProperty(window, key, { value: freeze(copy(api)), enumerable: true });
    },
  };
  window.open = (address) => {
    void send('open-window', new URL(String(address ?? 'about:blank'), location.href).href, []).catch((error) =>
      console.error(error),
    );
    return null;
  };

  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof Element && node.localName === 'webview')
        void send('attach-webview', node.getAttribute('src') ?? '', []);
    }
  }).observe(document, { childList: true, subtree: true });
  /** Electron's names of permissions that go by another name in a page. */
  const permissions: Record<string, string> = {
    camera: 'media',
    microphone: 'media',
    'clipboard-write': 'clipboard-sanitized-write',
  };
  navigator.permissions.query = async ({ name }) => {
    const has = await send('has-permission', permissions[name] ?? name, []);
    return { name, state: has ? 'granted' : 'denied' } as PermissionStatus;
  };
  for (const [kind, list] of Object.entries({ hid: 'getDevices', serial: 'getPorts', usb: 'getDevices' })) {
    const devices = Reflect.get(navigator, kind) as object | undefined;
    if (devices) Object.defineProperty(devices, list, { value: () => send('devices', kind, []) });
  }

  const require = (name: string) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}
