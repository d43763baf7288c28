import type { PreloadApi } from '../shared/api/client';

declare global {
  interface Window {
    /** What the preload exposes; absent in a browser. */
    nodeswarm?: PreloadApi;
  }
}
