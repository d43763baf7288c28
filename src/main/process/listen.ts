import type { Server } from 'node:net';

/** A server that cannot listen where it was told to. The message is a sentence for the user. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/** Resolves once the server listens; port 0 takes any free one. Rejects with `ListenError`. */
export function listen(server: Server, where: { host: string; port: number; backlog?: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    // It stays: a connection that cannot be accepted later concerns whoever tried, and must not end this process.
    server.on('error', (error: NodeJS.ErrnoException) => reject(new ListenError(explain(error, where))));
    server.listen(where, resolve);
  });
}

function explain({ code, message }: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use by another program: choose another one with --port, or --port 0 for any free one`;
    case 'EACCES':
      return `port ${port} needs privileges that this account does not have: choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine: choose one with --host`;
    default:
      return `the server cannot listen on ${host}, port ${port}: ${message}`;
  }
}
