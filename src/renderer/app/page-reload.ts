import { keepDocumentNow } from './kept-document';

let reloading = false;

/** Whether the page goes away only to come again with all that it had. */
export function isReloading(): boolean {
  return reloading;
}

/** Loads the page anew. The document of this tab is there again afterwards; where it could not be kept, the browser asks first. */
export function reloadPage(): void {
  reloading = keepDocumentNow();
  window.location.reload();
}

/** Whether the app that the page would be loaded from now is another build than the one it was loaded from. */
export async function isAppUpdated(): Promise<boolean> {
  // Its name changes with whatever is in any part of the app.
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  try {
    const answer = await fetch(window.location.pathname, { cache: 'no-store' });
    return answer.ok && entry !== null && entry !== undefined && !(await answer.text()).includes(entry);
  } catch {
    // Nobody is there to tell.
    return false;
  }
}
