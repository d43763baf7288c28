import { StreamLanguage, type StringStream } from '@codemirror/language';

interface State {
  inQuotes: boolean;
}

/**
 * JSON with placeholders, for colours only: a JSON parser loses its way at `{{`. Placeholders have colours of their own
 * (`placeholderHighlight`).
 */
export const jsonTemplateLanguage = StreamLanguage.define<State>({
  name: 'json-template',
  startState: () => ({ inQuotes: false }),
  token: (stream, state) => (state.inQuotes ? insideQuotes(stream, state) : outsideQuotes(stream, state)),
});

function outsideQuotes(stream: StringStream, state: State): string | null {
  if (stream.eatSpace() || stream.match(PLACEHOLDER)) return null;
  if (stream.match(KEY)) return 'propertyName';
  if (stream.eat('"')) {
    state.inQuotes = true;
    return 'string';
  }
  if (stream.match(/^-?\d[\d.eE+-]*/)) return 'number';
  if (stream.match(/^(?:true|false|null)\b/)) return 'bool';
  stream.next();
  return 'separator';
}

function insideQuotes(stream: StringStream, state: State): string | null {
  if (stream.match(PLACEHOLDER)) return null;
  if (stream.next() === '\\') stream.next();
  else if (stream.string[stream.pos - 1] === '"') state.inQuotes = false;
  return 'string';
}

const PLACEHOLDER = /^\{\{(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^}"'])*\}\}/;
const KEY = /^"(?:[^"\\]|\\.)*"(?=\s*:)/;
