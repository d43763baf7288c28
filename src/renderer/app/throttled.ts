export interface Throttled {
  /** Does it now, or once the interval since the last time is over. */
  call(): void;
  /** Does it now, whatever the interval. */
  now(): void;
  cancel(): void;
}

/** Does something at most once in `intervalMs`; the last call always has its effect. */
export function throttled(intervalMs: number, action: () => void): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  function now(): void {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    action();
  }

  return {
    now,
    call() {
      if (timer !== undefined) return;
      const wait = last + intervalMs - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
