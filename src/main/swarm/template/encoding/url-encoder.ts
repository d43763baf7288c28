import { textEncoder, type ValueEncoder } from './value-encoder';

/** What every kind of URL encoding leaves as it is. */
const PLAIN = /^[A-Za-z0-9\-_.]*$/;
/** All that a written path may not hold: anything but the characters of RFC 3986 section 3.3, `/`, `?`, `[`, `]` and percent escapes. */
const NOT_IN_PATH = /(?:%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%[\]])+/g;
/** What encodeURIComponent leaves and application/x-www-form-urlencoded does not. */
const FORM_EXTRA = /[!'()~]/g;

/** A value as one piece of a path or query: percent-encoded, `/`, `?`, `&`, `=` and `+` too. */
export function urlEncoder(label: string): ValueEncoder {
  const toText = textEncoder(label);
  return (value) => {
    const text = toText(value);
    return PLAIN.test(text) ? text : encodeURIComponent(text);
  };
}

/** A value as the WHATWG URL standard serialises application/x-www-form-urlencoded: space as `+`. */
export function formEncoder(label: string): ValueEncoder {
  const encode = urlEncoder(label);
  return (value) => {
    const text = encode(value);
    return PLAIN.test(text) ? text : text.replaceAll('%20', '+').replace(FORM_EXTRA, percentEncoded);
  };
}

/** The written part of a path: kept, but for what may not stand in a URL (spaces, umlauts, `#`, a `%` that is no escape). */
export function encodePathText(text: string): string {
  return text.toWellFormed().replace(NOT_IN_PATH, encodeURIComponent);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
