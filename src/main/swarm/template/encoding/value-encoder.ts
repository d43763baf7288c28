import type { Scalar } from '../../../../shared/scenario/schema';
import { numberText } from './number-text';

/**
 * Where a text goes, and so how values are written into it:
 * - `path`: part of a URL path; everything but unreserved characters is percent-encoded, `/` too;
 * - `query`: the value of a query parameter, percent-encoded;
 * - `form`: the value of a form field, application/x-www-form-urlencoded;
 * - `header`: a header value; control characters are refused, what is not ASCII goes as UTF-8 bytes;
 * - `json`: JSON; a text is quoted and escaped, or only escaped where the placeholder stands between quotes;
 * - `text`: as it is.
 */
export type Encoding = 'path' | 'query' | 'header' | 'json' | 'text' | 'form';

/** Writes a value into its surroundings. Throws `TaskException` when it cannot be written there. */
export type ValueEncoder = (value: Scalar) => string;

/** Values as plain text: numbers in their shortest form, `true`, `false`, `null`; half surrogate pairs become U+FFFD. */
export function textEncoder(label: string): ValueEncoder {
  return (value) => {
    if (typeof value === 'number') return numberText(value, label);
    return typeof value === 'string' ? value.toWellFormed() : `${value}`;
  };
}
