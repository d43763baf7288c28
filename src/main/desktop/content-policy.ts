/**
 * The content security policy of the window: everything comes from the app itself, nothing is framed, evaluated, submitted or loaded
 * from elsewhere. Style elements are let through because the code editor and the component library make theirs at run time; what
 * styles could fetch is held by the other lines.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
