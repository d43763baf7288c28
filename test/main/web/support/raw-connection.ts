import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Server } from './web-server';

/** A connection to the server that says whatever a test writes. */
export interface RawConnection {
  socket: Socket;
  /** All that has come so far, a character for each byte. */
  heard(): string;
  /** The same, once the server has ended the connection. */
  ended: Promise<string>;
}

/** Opens a raw connection, for as long as the test lasts, and writes `text`. */
export function rawConnection(server: Server, text = ''): RawConnection {
  const socket = connect(server.web.port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  socket.on('error', () => {});
  if (text !== '') socket.write(text, 'latin1');
  return { socket, heard: () => heard, ended: new Promise((resolve) => socket.on('close', () => resolve(heard))) };
}
