import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Origin } from '../http-exchange';
import { sameOrigin } from '../origin';
import { ownSocket, type SocketOwner } from './socket-owner';
import type { WireContext } from './wire-context';

/** Remembers the TLS session of the last connection, so that a simulated device resumes it as a real one does. */
export interface TlsSessionHolder {
  tlsSession: { origin: Origin; data: Buffer } | null;
}

/** Who is told what a socket does and what it reads. */
export interface SocketUser extends SocketOwner {
  /** So many bytes lie in the read buffer that all sockets share. */
  received(length: number): void;
  /** The server has accepted a connection over which TLS is to be spoken. */
  tcpConnected(): void;
}

export interface SocketTarget {
  origin: Origin;
  /** One address of the origin's host. */
  address: string;
  localAddress: string | undefined;
  sessions: TlsSessionHolder;
}

/** Opens a socket to an origin, with TLS where it is secure. Throws what cannot be tried at all (no descriptor left, a name that TLS refuses). */
export function openSocket(context: WireContext, target: SocketTarget, user: SocketUser): Socket {
  const { origin, address, localAddress } = target;
  const place = { host: address, port: origin.port, localAddress, onread: readInto(context, user) };
  if (origin.secure) return openTls(context, target, place, user);
  const socket = connectPlain(place);
  ownSocket(socket, user, 'connect');
  return socket;
}

interface Place {
  host: string;
  port: number;
  localAddress: string | undefined;
  onread: OnReadOpts;
}

function openTls(context: WireContext, { origin, sessions }: SocketTarget, place: Place, user: SocketUser): Socket {
  const { tls } = context.options;
  const { tlsSession } = sessions;
  const socket = connectTls({
    ...place,
    secureContext: context.secureContext,
    rejectUnauthorized: !tls.insecure,
    // Server names are names: an IP literal must not be sent as one (RFC 6066, section 3).
    servername: tls.serverName ?? (isIP(origin.hostname) ? '' : origin.hostname),
    ALPNProtocols: ['http/1.1'],
    session: tlsSession && sameOrigin(tlsSession.origin, origin) ? tlsSession.data : undefined,
  });
  socket.once('connect', () => user.tcpConnected());
  socket.on('session', (data) => {
    sessions.tlsSession = { origin, data };
  });
  ownSocket(socket, user, 'secureConnect');
  return socket;
}

function readInto({ readBuffer }: WireContext, user: SocketUser): OnReadOpts {
  return {
    buffer: readBuffer,
    callback: (length) => {
      user.received(length);
      return true;
    },
  };
}
