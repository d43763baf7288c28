/** What to do about each kind of failure; keys are the stable error names, without what follows a colon. */
const ADVICE: Record<string, string> = {
  ConnectionRefused: 'Start the backend, or correct the base URL of the target.',
  ConnectionReset: 'Look at the log of the backend: it closed the connection before its answer was complete.',
  ConnectTimeout: 'Check host, port and firewall, or give the target a longer connect timeout.',
  ResponseTimeout: 'Find out what the backend waits for, or give the request a longer timeout.',
  NotAllowed: 'Name that host as the target, and confirm that you may test it; or follow no redirects.',
  DnsError: 'Correct the host of the base URL, or check the name server.',
  NetworkUnreachable: 'Check the network of this machine.',
  AddressNotAvailable: 'Check the local addresses of the target.',
  TooManyOpenFiles: 'Close other programs, or raise the limit of open files.',
  NetworkError: 'Check the network, the base URL and the proxy of the target.',
  ProxyError: 'Correct the proxy of the target, or the user and password in its URL.',
  TooManyRedirects: 'Correct the path or the scheme, or let the request follow more redirects.',
  TlsError:
    'Correct the certificate of the backend, or set the TLS part of the target: authorities file, server name, or accept any.',
  MalformedResponse: 'Check that an HTTP server answers at the base URL, and what it answers.',
};

/** A sentence that says what to do about a failure; null when the failure says it itself (an answer that is not as expected). */
export function sendAdvice(errorName: string): string | null {
  return ADVICE[errorName.split(':')[0] ?? ''] ?? null;
}

/** A part of the time that a request took. */
export interface TimingPart {
  key: 'connect' | 'tls' | 'firstByte' | 'body';
  label: string;
  ms: number;
}

/** The parts of a request's time that there were: a connection that was open already has no connect part. */
export function timingParts(timing: {
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  bodyMs: number | null;
}): TimingPart[] {
  const parts: { key: TimingPart['key']; label: string; ms: number | null }[] = [
    { key: 'connect', label: 'Connect', ms: timing.connectMs },
    { key: 'tls', label: 'TLS', ms: timing.tlsMs },
    { key: 'firstByte', label: 'First byte', ms: timing.firstByteMs },
    { key: 'body', label: 'Body', ms: timing.bodyMs },
  ];
  return parts.flatMap(({ ms, ...part }) => (ms === null ? [] : [{ ...part, ms }]));
}
