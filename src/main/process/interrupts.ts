/** Requests to end that can be answered; Windows sends SIGBREAK for Ctrl-Break, and SIGHUP when the window is closed. */
const SIGNALS: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
];
/** One Ctrl-C can arrive twice, from the terminal and from a program that started this one; so soon no person presses twice. */
const SAME_INTERRUPT_MS = 100;

/** Calls `listener` at each request to end this process, which then does not end by itself. Returns what takes the listener away again. */
export function onInterrupt(listener: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const nowMs = performance.now();
    const isSame = nowMs - lastMs < SAME_INTERRUPT_MS;
    lastMs = nowMs;
    if (!isSame) listener();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
