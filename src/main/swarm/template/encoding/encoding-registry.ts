import { encodeHeaderText, headerEncoder } from './header-encoder';
import { JsonStringTracker, jsonEncoder, jsonStringEncoder } from './json-encoder';
import { encodePathText, formEncoder, urlEncoder } from './url-encoder';
import { type Encoding, textEncoder, type ValueEncoder } from './value-encoder';

/** Encodes the pieces of one template from left to right: what is written, and how values between are to be written. */
export interface PieceEncoder {
  /** Written text, in its encoded form. */
  text(text: string): string;
  /** The encoder for the value that comes next. `label`: the placeholder, for messages. */
  value(label: string): ValueEncoder;
}

/** A value encoder that is the same everywhere in a template, and how the text around is written. */
function uniform(text: (text: string) => string, value: (label: string) => ValueEncoder): () => PieceEncoder {
  return () => ({ text, value });
}

const urlText = urlEncoder('the text');
const formText = formEncoder('the text');

const PIECE_ENCODERS: { readonly [E in Encoding]: () => PieceEncoder } = {
  path: uniform(encodePathText, urlEncoder),
  query: uniform(urlText, urlEncoder),
  form: uniform(formText, formEncoder),
  header: uniform(encodeHeaderText, headerEncoder),
  text: uniform((text) => text.toWellFormed(), textEncoder),
  json: () => {
    const tracker = new JsonStringTracker();
    return {
      text: (text) => {
        tracker.advance(text);
        return text.toWellFormed();
      },
      value: (label) => (tracker.insideString ? jsonStringEncoder(label) : jsonEncoder(label)),
    };
  },
};

/** The encoder for the pieces of a template that is rendered for `encoding`. */
export function createPieceEncoder(encoding: Encoding): PieceEncoder {
  return PIECE_ENCODERS[encoding]();
}
