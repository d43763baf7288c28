import { seriesLabel } from '../../../../shared/scenario/series';
import type { FailureSample } from '../../../../shared/stats/frame';
import type { ReportFailure } from '../../../../shared/stats/report';
import { visibleText } from '../../../../shared/text/visible-text';
import { formatClock, formatLatency, NO_VALUE } from '../../../ui/format';

/** A sample as plain text, for tickets and chats. */
export function sampleText(
  { method, name, error }: Pick<ReportFailure, 'method' | 'name' | 'error'>,
  sample: FailureSample,
): string {
  const { atMs, node, nodeType, task, detail, latencyMs } = sample;
  return [
    `${error} at ${seriesLabel({ method, name })}`,
    `${detail}; node ${node} (${nodeType}, ${task}), ${formatClock(atMs / 1000)} into the run, after ${formatLatency(latencyMs)}`,
    '',
    '--- sent',
    sentText(sample),
    '',
    '--- received',
    receivedText(sample),
    '',
  ].join('\n');
}

/** Head and body as sent. */
export function sentText({ requestHead, requestBody }: FailureSample): string {
  return joined(requestHead, requestBody) || NO_VALUE;
}

/** Head and body as they came back; says so when nothing did. */
export function receivedText({ status, responseHead, responseBody }: FailureSample): string {
  return status === null ? 'Nothing came back.' : joined(responseHead, responseBody) || `Status ${status}, nothing more.`;
}

/** The body as it was, with what deceives the eye written out: laid out anew, JSON would lose digits (55.0, large numbers). */
function joined(head: string, body: string): string {
  const lines = visibleText(head).trimEnd();
  return body === '' ? lines : `${lines}\n\n${visibleText(body)}`;
}
