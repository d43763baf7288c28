import { isObject, type JsonObject } from './document-value';

/** Kinds of bodies as the menu shows them; `none` is no body. */
export const BODY_CHOICES: readonly { value: string; label: string; description: string }[] = [
  { value: 'none', label: 'No body', description: 'Usual for GET requests.' },
  { value: 'json', label: 'JSON', description: 'Values go in as JSON: texts are quoted and escaped.' },
  { value: 'text', label: 'Text', description: 'Values go in as they are.' },
  { value: 'form', label: 'Form', description: 'Names and values, URL-encoded.' },
  { value: 'base64', label: 'Bytes', description: 'Written as base64, sent as they are.' },
];

/** A body of another kind: texts stay, all else begins anew. undefined: no body. */
export function bodyOfKind(kind: string, before: unknown): JsonObject | undefined {
  const body = isObject(before) ? before : {};
  const contentType = typeof body.contentType === 'string' ? { contentType: body.contentType } : {};
  const text = typeof body.text === 'string' ? body.text : '';
  switch (kind) {
    case 'json':
      return { kind, text: text === '' ? '{}' : text, ...contentType };
    case 'text':
      return { kind, text: text === '{}' ? '' : text, ...contentType };
    case 'form':
      return { kind, fields: {} };
    case 'base64':
      return { kind, data: '', ...contentType };
    default:
      return undefined;
  }
}

/** Characters that JSON texts cannot hold as they are: they stand for placeholders while a text is laid out. */
const ALONE = '\u0001';
const IN_QUOTES = '\u0002';

/** A JSON text laid out in lines; placeholders stay as they are written. null when it is no JSON even with them filled in. */
export function formatJsonTemplate(text: string): string | null {
  const placeholders: string[] = [];
  let inQuotes = false;
  let marked = '';
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('{{', at)) {
      const close = text.indexOf('}}', at);
      if (close === -1) return null;
      const number = placeholders.push(text.slice(at, close + 2)) - 1;
      marked += inQuotes ? escaped(`${IN_QUOTES}${number}${IN_QUOTES}`) : JSON.stringify(`${ALONE}${number}${ALONE}`);
      at = close + 1;
      continue;
    }
    if (text[at] === '\\' && inQuotes) {
      marked += text.slice(at, at + 2);
      at++;
      continue;
    }
    if (text[at] === '"') inQuotes = !inQuotes;
    marked += text[at];
  }
  const written = (_: string, number: string) => placeholders[Number(number)] ?? '';
  try {
    const laidOut = JSON.stringify(JSON.parse(marked), null, 2);
    return laidOut.replace(/"\\u0001(\d+)\\u0001"/g, written).replace(/\\u0002(\d+)\\u0002/g, written);
  } catch {
    return null;
  }
}

/** A text as it stands within a JSON string. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
