import { useState } from 'react';

/** Whether some work is going on, and how to begin it. */
export function useBusy(): [busy: boolean, whileBusy: (work: () => Promise<void>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  const whileBusy = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().finally(() => setBusy(false));
  };
  return [busy, whileBusy];
}
