import type { z } from 'zod';
import { ApiError } from '../../shared/api/reply';
import { formatPath } from '../../shared/scenario/problem';

/** Problems named of one input. */
const MAX_DETAILS = 20;

/** The error of an input that breaks the schema of its route: says which fields, and what is wrong with them. */
export function invalidInput(route: string, issues: readonly z.core.$ZodIssue[]): ApiError {
  const details = issues.slice(0, MAX_DETAILS).map(({ path, message }) => ({
    path: formatPath(path.map((key) => (typeof key === 'symbol' ? String(key) : key))),
    message,
    expected: '',
  }));
  const fields = details.map(({ path, message }) => `${path === '' ? 'the input' : path}: ${message}`).join('; ');
  return new ApiError('invalid-input', `${route} was called with invalid input: ${fields}.`, details);
}
