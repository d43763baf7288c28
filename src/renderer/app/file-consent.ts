import { ApiError } from '../../shared/api/reply';
import { visibleText } from '../../shared/text/visible-text';
import { ask } from './question-store';

/** Files named in the question; the rest is counted. */
const MAX_NAMED = 5;

/**
 * Makes a call that has the files of a scenario read. Where it names files outside of its folder, the user is asked, and the call is made
 * again with what was agreed to: for this once, the next call asks again.
 */
export async function withFileConsent<T>(call: (allowFiles?: string[]) => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'needs-consent') throw error;
    const paths = (error.details ?? []).map(({ path }) => path);
    const answer = await ask({
      title: 'Let the scenario read these files?',
      description: `They are outside its folder: ${listed(paths)}. Their contents can be sent to the target of the scenario, so allow it only if you know who wrote the scenario.`,
      answers: [
        { id: 'refuse', label: 'Don’t allow' },
        { id: 'allow', label: 'Allow this once', variant: 'primary' },
      ],
    });
    if (answer !== 'allow') throw error;
    return await call(paths);
  }
}

function listed(paths: readonly string[]): string {
  const more = paths.length - MAX_NAMED;
  return `${paths.slice(0, MAX_NAMED).map(visibleText).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
