import { protocol } from 'electron';
import { APP_SCHEME } from './app-url';
import { answerRendererRequest } from './renderer-files';

/** Must be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the renderer's files to the window. To be called when the app is ready. */
export function serveRenderer(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answerRendererRequest(folder, request));
}
