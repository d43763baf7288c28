/** What every answer to a page says about what may be made of it, the same for every host. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The content security policy of the page: everything comes from its own host, nothing is framed, evaluated, submitted or loaded from
 * elsewhere. Style elements are let through because the code editor and the component library make theirs at run time; what styles
 * could fetch is held by the other lines. `alsoConnectTo`: where the page may connect to beside the host that it comes from.
 */
export function contentSecurityPolicy(...alsoConnectTo: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...alsoConnectTo].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
