import { type App, type Session, session, shell, type WebContents } from 'electron';
import { isAppUrl } from './app-url';
import { EXTERNAL_PAGES, isExternalPage } from './external-pages';

/** Refuses whatever a page could want beyond showing the app: permissions, other pages, other windows, embedded pages. */
export function lockDown(app: App): void {
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => keepInApp(contents));
}

function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.setDevicePermissionHandler(() => false);
}

/** Copying text from the app: a sandboxed page of a custom scheme has to ask for it. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function keepInApp(contents: WebContents): void {
  // Reloading is a navigation to the app as well, and allowed.
  const refuse = (event: { preventDefault(): void; url: string }) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalPage(url, EXTERNAL_PAGES)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
