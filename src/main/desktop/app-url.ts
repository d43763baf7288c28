/** The scheme under which the window's files are served; a standard scheme, so that it has origins and relative addresses. */
export const APP_SCHEME = 'app';

/** The only host of the scheme. */
const APP_HOST = 'nodeswarm';

/** What the window shows. */
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Whether an address belongs to the app itself. Never throws. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  // Not by `origin`: Node calls that of a scheme it does not know "null".
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === '';
}
