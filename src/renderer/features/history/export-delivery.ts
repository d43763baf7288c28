import type { RouteOutput } from '../../../shared/api/routes';
import { downloadFiles } from '../../app/browser-files';
import { plural } from '../../ui/format';
import { toasts } from '../../ui/toasts';

/** Says where an export went, or hands it to the browser. Nothing when the user cancelled. */
export function deliverExport(exported: RouteOutput<'runs.export'> | RouteOutput<'runs.exportComparison'>): void {
  if (!exported) return;
  const { saved, downloads } = exported;
  if (downloads.length > 0) {
    downloadFiles(downloads);
    toasts.success(
      `${downloads.length === 1 ? downloads[0]?.name : plural(downloads.length, 'file')} passed to the browser to save.`,
    );
  } else if (saved.length > 0) {
    toasts.success(saved.length === 1 ? `Saved as ${saved[0]}.` : `${plural(saved.length, 'file')} saved beside ${saved[0]}.`);
  }
}
