import type { Dispatcher } from 'undici';

/** Header lines as undici wants them: name, value, name, value. */
export function requestHeaders(headerLines: string, proxyAuthorization: string | null): string[] {
  const headers: string[] = [];
  for (const line of headerLines.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.push(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  if (proxyAuthorization !== null) headers.push('proxy-authorization', proxyAuthorization);
  return headers;
}

/** An answer's head as one text, each line but the last ended by CRLF, from what undici gives: a list for HTTP/1.1, an object for HTTP/2. */
export function headText(
  protocol: string,
  status: number,
  reason: string,
  headers: Dispatcher.DispatchController['rawHeaders'],
): string {
  let head = `${protocol} ${status}${reason === '' ? '' : ` ${reason}`}`;
  if (Array.isArray(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2) head += `\r\n${binary(headers[i])}: ${binary(headers[i + 1])}`;
  } else {
    for (const [name, value] of Object.entries(headers ?? {})) {
      for (const each of Array.isArray(value) ? value : [value]) head += `\r\n${name}: ${each ?? ''}`;
    }
  }
  return head;
}

function binary(value: Buffer | string | undefined): string {
  return typeof value === 'object' ? value.toString('latin1') : (value ?? '');
}
