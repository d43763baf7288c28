import { app } from './app';

type RequestHandler = (request: Request) => Response | Promise<Response>;

interface CustomScheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean };
}

class Protocol {
  private readonly handlers = new Map<string, RequestHandler>();
  private readonly privileged = new Map<string, CustomScheme>();

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const scheme of schemes) this.privileged.set(scheme.scheme, scheme);
  }

  handle(scheme: string, handler: RequestHandler): void {
    app.requireReady('protocol.handle');
    const privileges = this.privileged.get(scheme)?.privileges;
    // Pages are shown under https: a scheme without these would behave otherwise in Electron.
    if (!privileges?.standard || !privileges.secure) throw new Error(`${scheme} is not declared as a standard, secure scheme`);
    if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`);
    this.handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }

  /** Not of Electron: a request of the page. */
  async answer(method: string, url: string): Promise<{ status: number; headers: Record<string, string>; body: Uint8Array }> {
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`nobody serves ${url}`);
    const response = await handler(new Request(url, { method }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
}

export const protocol = new Protocol();

type PermissionRequestHandler = (
  contents: unknown,
  permission: string,
  decide: (granted: boolean) => void,
  details: object,
) => void;

type PermissionCheckHandler = (
  contents: unknown,
  permission: string,
  requestingOrigin: string,
  details: { isMainFrame: boolean; requestingUrl: string },
) => boolean;

type DevicePermissionHandler = (details: { deviceType: string; origin: string; device: object }) => boolean;

/** What is plugged into the machine, of each kind that a page could ask for. */
const DEVICE = { deviceId: 'plugged-in', name: 'A device', vendorId: 0x1209, productId: 1 };

class Session {
  readonly protocol = protocol;
  private permissionHandler: PermissionRequestHandler | null = null;
  private checkHandler: PermissionCheckHandler | null = null;
  private deviceHandler: DevicePermissionHandler | null = null;

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.permissionHandler = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(handler: DevicePermissionHandler | null): void {
    this.deviceHandler = handler;
  }

  /** Not of Electron: a page looks whether it has a permission. Without a handler it has, as in Electron. */
  hasPermission(contents: unknown, permission: string, requestingUrl: string, isMainFrame: boolean): boolean {
    const { checkHandler: handler } = this;
    return handler === null || handler(contents, permission, originOf(requestingUrl), { isMainFrame, requestingUrl });
  }

  /** Not of Electron: a page asks for the devices that it may use. Without a handler those that a user chose: none here. */
  devicesOf(deviceType: string, requestingUrl: string): object[] {
    const { deviceHandler: handler } = this;
    return handler?.({ deviceType, origin: originOf(requestingUrl), device: DEVICE }) ? [DEVICE] : [];
  }

  /** Not of Electron: which of these permissions pages get. Without a handler all, as in Electron. */
  async grantedOf(permissions: readonly string[]): Promise<string[]> {
    const { permissionHandler: handler } = this;
    if (!handler) return [...permissions];
    const granted: string[] = [];
    for (const permission of permissions) {
      const isGranted = await new Promise<boolean>((resolve) => handler(null, permission, resolve, {}));
      if (isGranted) granted.push(permission);
    }
    return granted;
  }
}

/** As Electron passes it: with a slash at its end. */
function originOf(address: string): string {
  const { protocol: scheme, host } = new URL(address);
  return `${scheme}//${host}/`;
}

const defaultSession = new Session();

export const session = {
  get defaultSession(): Session {
    app.requireReady('session.defaultSession');
    return defaultSession;
  },
};
