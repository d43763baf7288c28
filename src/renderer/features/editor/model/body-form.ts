import { isObject, type JsonObject } from './document-value';

/** Kinds of bodies as the menu shows them; `none` is no body. */
export const BODY_CHOICES: readonly { value: string; label: string; description: string }[] = [
  { value: 'none', label: 'No body', description: 'As GET requests have it.' },
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

/** A JSON text laid out in lines; placeholders stay as they are written. null when it is no JSON even with them filled in. */
export function formatJsonTemplate(text: string): string | null {
  const placeholders: string[] = [];
  let inQuotes = false;
  let marked = '';
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('{{', at)) {
      const close = text.indexOf('}}', at);
      if (close === -1) return null;
      const mark = `\u0001${placeholders.push(text.slice(at, close + 2)) - 1}\u0001`;
      marked += inQuotes ? escaped(mark) : JSON.stringify(mark);
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
  try {
    const laidOut = JSON.stringify(JSON.parse(marked), null, 2);
    const alone = laidOut.replace(/"\\u0001(\d+)\\u0001"/g, (_, index) => placeholders[Number(index)] ?? '');
    return alone.replace(/\\u0001(\d+)\\u0001/g, (_, index) => placeholders[Number(index)] ?? '');
  } catch {
    return null;
  }
}

/** A mark as it stands within a JSON string. */
function escaped(mark: string): string {
  return JSON.stringify(mark).slice(1, -1);
}
