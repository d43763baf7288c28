type Listener = (error: unknown) => void;

const listeners: Listener[] = [];

/**
 * Calls `listener` with each error that nobody caught, thrown or in a promise, which then does not end the process by itself. Of several listeners
 * the one that came last is told. Returns what takes it away again.
 */
export function onUncaughtError(listener: Listener): () => void {
  if (listeners.length === 0) {
    process.on('uncaughtException', tell);
    process.on('unhandledRejection', tell);
  }
  listeners.push(listener);
  return () => {
    const place = listeners.indexOf(listener);
    if (place !== -1) listeners.splice(place, 1);
    if (listeners.length > 0) return;
    process.off('uncaughtException', tell);
    process.off('unhandledRejection', tell);
  };
}

function tell(error: unknown): void {
  listeners.at(-1)?.(error);
}
