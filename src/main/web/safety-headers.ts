import { contentSecurityPolicy, SAFETY_HEADERS } from '../api/page-safety';

/** What every answer of the browser host says about what may be made of it: a browser has more that a page could ask for, and other sites beside it. */
export const WEB_SAFETY_HEADERS: Readonly<Record<string, string>> = {
  ...SAFETY_HEADERS,
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
};

/** The page's policy in a browser. `host`: the Host header, checked; not every browser counts the WebSocket of the same server as `'self'`. */
export function webContentPolicy(host: string): string {
  return contentSecurityPolicy(`ws://${host}`);
}
