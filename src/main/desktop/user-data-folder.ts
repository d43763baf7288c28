import { accessSync, constants, mkdirSync } from 'node:fs';
import { errorMessage } from '../../shared/text/error-text';

/** Makes the folder if need be. Returns a sentence when nothing can be kept there, or null. */
export function hindranceOfFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    // Chromium says nothing when it may not write there: it takes the app for a second instance and ends.
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    const why = errorMessage(error);
    return `The folder ${folder} cannot be used (${why}); give this user access to it, or set the environment variable NODESWARM_DATA to another folder.`;
  }
}
