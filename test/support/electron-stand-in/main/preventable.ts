import type { EventEmitter } from 'node:events';

/** An event as Electron passes it to listeners. */
export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** Tells the listeners of an event that they can prevent. Returns whether none did. */
export function emitPreventable(emitter: EventEmitter, name: string, members: object = {}, ...args: unknown[]): boolean {
  const event: PreventableEvent = {
    ...members,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...args);
  return !event.defaultPrevented;
}
