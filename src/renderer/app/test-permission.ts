import { ApiError } from '../../shared/api/reply';
import { ask } from './question-store';

/**
 * Carries out a call that sends something to the backend. Where load would go to somebody's host, the user is asked whether it may be tested, once
 * for each host; resolves to null when the answer is no. Rejects as the call does.
 */
export async function withTestPermission<T>(call: (mayTest: string | undefined) => Promise<T>): Promise<T | null> {
  let mayTest: string | undefined;
  for (;;) {
    try {
      return await call(mayTest);
    } catch (error) {
      const host = error instanceof ApiError && error.code === 'confirmation-required' ? error.host : undefined;
      // Asked for the same again: an answer would not help.
      if (host === undefined || host === mayTest) throw error;
      if (!(await mayBeTested(host, (error as ApiError).message))) return null;
      mayTest = host;
    }
  }
}

async function mayBeTested(host: string, why: string): Promise<boolean> {
  const answer = await ask({
    title: `Are you allowed to load-test ${host}?`,
    description: `${why} A load test can put a system out of service. You are asked about a host only once.`,
    answers: [
      { id: 'no', label: 'Cancel' },
      { id: 'yes', label: 'I am allowed to', variant: 'danger' },
    ],
  });
  return answer === 'yes';
}
