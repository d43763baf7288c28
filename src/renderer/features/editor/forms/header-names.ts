/** Names offered for headers of requests. */
export const HEADER_NAMES: readonly string[] = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Type',
  'If-None-Match',
  'Origin',
  'User-Agent',
  'X-API-Key',
  'X-Device-Id',
  'X-Request-Id',
];
