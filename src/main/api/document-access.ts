import { dirname } from 'node:path';
import { ApiError } from '../../shared/api/reply';
import type { FileAccess } from '../runs/file-access';
import { samplesFolder } from './samples';

/** Who may agree, for one run, that files outside of a scenario's folder are read: the user of the page, or nobody there. */
export type FileConsent = 'user' | 'nobody';

/**
 * Which files a scenario may have read: those of its own folder, of the folders that whoever started the program allowed, and those that
 * the user agreed to for this one call. Only a document that this program has opened or saved itself has a folder of its own: a path that a
 * page merely names opens none.
 */
export class DocumentAccess {
  private readonly known = new Set<string>();

  constructor(
    private readonly allowedFolders: readonly string[],
    private readonly consent: FileConsent,
  ) {}

  /** A document was opened or saved under this path. */
  note(path: string | null): void {
    if (path !== null) this.known.add(path);
  }

  /**
   * For a document; null for one that is no file yet: its folder is that of the samples, because samples name files that lie beside them.
   * Throws an `ApiError` when the page agrees to files where it is not its user's to agree.
   */
  of(path: string | null, allowFiles: readonly string[] = []): FileAccess {
    if (allowFiles.length > 0 && this.consent === 'nobody') {
      const message =
        "Files outside the scenario's folder can be allowed only where the server was started, with --allow-files DIR.";
      throw new ApiError('refused', message);
    }
    const samples = samplesFolder();
    const own = path === null ? samples : this.known.has(path) ? dirname(path) : null;
    const folder = path === null ? (samples ?? process.cwd()) : dirname(path);
    return { folder, allowed: [...(own === null ? [] : [own]), ...this.allowedFolders, ...allowFiles] };
  }
}
