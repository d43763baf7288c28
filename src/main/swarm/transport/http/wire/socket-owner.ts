import type { Socket } from 'node:net';

/** Who is told what happens to a socket. */
export interface SocketOwner {
  socketConnected(socket: Socket): void;
  socketFailed(socket: Socket, error: Error): void;
  /** The server has closed its side. */
  socketEnded(socket: Socket): void;
  socketClosed(socket: Socket): void;
}

interface OwnedSocket extends Socket {
  owner: SocketOwner;
}

/**
 * Makes `owner` hear of every way in which a socket begins and ends. The listeners are the same functions for all sockets: closures of their own
 * would take some 300 bytes more for each idle node.
 * @param ready the event after which requests can be sent
 */
export function ownSocket(socket: Socket, owner: SocketOwner, ready: 'connect' | 'secureConnect'): void {
  (socket as OwnedSocket).owner = owner;
  socket.once(ready, connected);
  socket.on('error', failed);
  socket.on('end', ended);
  socket.on('close', closed);
}

function connected(this: Socket): void {
  (this as OwnedSocket).owner.socketConnected(this);
}

function failed(this: Socket, error: Error): void {
  (this as OwnedSocket).owner.socketFailed(this, error);
}

function ended(this: Socket): void {
  (this as OwnedSocket).owner.socketEnded(this);
}

function closed(this: Socket): void {
  (this as OwnedSocket).owner.socketClosed(this);
}
