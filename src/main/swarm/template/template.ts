import type { ByteWriter } from './byte-writer';
import type { Scope } from './scope';
import { TaskException } from './task-exception';

/** A text compiled for one place (a path, a header, a body). */
export interface Template {
  /** The encoded text when it is always the same, null when it differs from use to use. */
  readonly constant: string | null;
  /** The encoded text for one node now. Throws `TaskException` when a value cannot be had or cannot stand there. */
  render(scope: Scope): string;
  /** Writes the bytes of what `render` would return: the same values are drawn, so only one of both is to be called. */
  write(scope: Scope, writer: ByteWriter): void;
}

/** How a template's text becomes bytes: binary strings (what goes into headers) as latin1. */
export type Charset = 'utf8' | 'latin1';

/** Characters or bytes of a rendered text; what is longer would not be sent by any device, and a few values can make gigabytes. */
const MAX_RENDERED_CHARACTERS = 64 * 1024 * 1024;

/** Throws `TaskException` for a text that has become so long (characters or bytes) that one cannot go on with it. */
export function mustBeShort(length: number): void {
  if (length <= MAX_RENDERED_CHARACTERS) return;
  throw new TaskException('the request would be longer than 64 MB: its placeholders have values that are too long');
}

/** One changing piece of a template. */
export type Piece = Pick<Template, 'render' | 'write'>;

/**
 * Puts a template together. `texts` has one entry more than `pieces`: the constant text before, between and behind them.
 */
export function createTemplate(texts: readonly string[], pieces: readonly Piece[], charset: Charset): Template {
  const [only = ''] = texts;
  const constants = texts.map((text) => Buffer.from(text, charset));
  return {
    constant: pieces.length === 0 ? only : null,
    render: createRender(
      texts,
      pieces.map(({ render }) => render),
    ),
    write: (scope, writer) => {
      writer.constant(constants[0] as Buffer);
      for (let index = 0; index < pieces.length; index++) {
        (pieces[index] as Piece).write(scope, writer);
        writer.constant(constants[index + 1] as Buffer);
      }
    },
  };
}

type Render = Template['render'];

/** Short templates are one expression: adding strings up is the cheapest that the JavaScript engine can do. */
function createRender(texts: readonly string[], renders: readonly Render[]): Render {
  const [a = '', b = '', c = '', d = '', e = ''] = texts;
  const [first, second, third, fourth] = renders;
  if (!first) return () => a;
  if (!second) return (scope) => a + first(scope) + b;
  if (!third) return (scope) => a + first(scope) + b + second(scope) + c;
  if (!fourth) return (scope) => a + first(scope) + b + second(scope) + c + third(scope) + d;
  if (renders.length === 4) return (scope) => a + first(scope) + b + second(scope) + c + third(scope) + d + fourth(scope) + e;
  const count = renders.length;
  return (scope) => {
    let text = a;
    for (let index = 0; index < count; index++) {
      text += (renders[index] as Render)(scope) + texts[index + 1];
      mustBeShort(text.length);
    }
    return text;
  };
}
