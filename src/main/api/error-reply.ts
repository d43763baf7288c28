import { ApiError, type ApiErrorCode, type ApiErrorData } from '../../shared/api/reply';
import { asSentence } from '../../shared/text/sentence';
import { DemoSettingError } from '../demo/settings';
import { ListenError } from '../process/listen';
import { ReportWriteError } from '../reports/write-file';
import { FilesNotAllowed } from '../runs/file-access';
import { ConfirmationRequired } from '../runs/permission';
import { RunRefused } from '../runs/run';
import { StoreError } from '../store/run-store';
import { NotRemembered } from './json-file';

/** Errors whose message says why what was asked for cannot be done, and what to do. */
const REFUSALS = [RunRefused, ReportWriteError, DemoSettingError, ListenError, NotRemembered];

/** What an error thrown by a handler is told as; null for one that nobody expected. */
export function expectedError(error: unknown): ApiErrorData | null {
  if (error instanceof ApiError) return error.toData();
  if (error instanceof FilesNotAllowed) {
    const details = error.paths.map((path) => ({ path, message: "is outside the scenario's folder", expected: '' }));
    const message = `${asSentence(error.message).slice(0, -1)}; move it there, or allow it when you start the run.`;
    return { code: 'needs-consent', message, details };
  }
  if (!(error instanceof Error)) return null;
  if (error instanceof ConfirmationRequired) {
    return { code: 'confirmation-required', message: asSentence(error.message), host: error.host };
  }
  const code = codeOf(error);
  return code && { code, message: asSentence(error.message) };
}

function codeOf(error: Error): ApiErrorCode | null {
  if (error instanceof StoreError) return error.notFound ? 'not-found' : 'unavailable';
  return REFUSALS.some((refusal) => error instanceof refusal) ? 'refused' : null;
}
