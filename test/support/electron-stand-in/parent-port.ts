import { EventEmitter } from 'node:events';

// Loaded before the program of a utility process: gives it Electron's port to its parent and takes Node's away.

const send = process.send?.bind(process);

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send?.(message, undefined, undefined, () => {});
  }
}

const parentPort = new ParentPort();
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// Chromium ends its utility processes with the app.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

Reflect.set(process, 'parentPort', parentPort);
Reflect.set(process, 'type', 'utility');
Reflect.deleteProperty(process, 'send');
