import { TaskException } from '../task-exception';
import { textEncoder, type ValueEncoder } from './value-encoder';

const ASCII_ONLY = /^[\t\x20-\x7e]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the header or be refused (RFC 9110 section 5.5).
const FORBIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * A header value: refused when it holds a control character but tab, so that no value can ever add a header or a request.
 * What is not ASCII is sent as UTF-8, one character a byte, so that the head can be written as latin1.
 */
export function headerEncoder(label: string): ValueEncoder {
  const toText = textEncoder(label);
  return (value) => {
    const text = toText(value);
    if (ASCII_ONLY.test(text)) return text;
    if (FORBIDDEN.test(text)) throw new TaskException(`${label} holds a control character and cannot go into a header`);
    return utf8AsLatin1(text);
  };
}

/** The written part of a header value. Throws an Error when it holds a control character. */
export function encodeHeaderText(text: string): string {
  if (FORBIDDEN.test(text)) throw new Error('a header value cannot hold a line break or another control character');
  return utf8AsLatin1(text.toWellFormed());
}

function utf8AsLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
