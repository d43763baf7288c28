import { Peer, type PeerMessage } from '../peer';

/** The line to the test that started this process and holds the browser. */
export const driver = new Peer((message) => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
});

process.on('message', (message) => driver.receive(message as PeerMessage));
process.once('disconnect', () => process.exit(1));
