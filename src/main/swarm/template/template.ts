import type { Scope } from './scope';
import { TaskException } from './task-exception';

/** A text compiled for one place (a path, a header, a body). */
export interface Template {
  /** The encoded text when it is always the same, null when it differs from use to use. */
  readonly constant: string | null;
  /** The encoded text for one node now. Throws `TaskException` when a value cannot be had or cannot stand there. */
  render(scope: Scope): string;
}

/** Characters of a rendered text; what is longer would not be sent by any device, and a few values can make gigabytes. */
export const MAX_RENDERED_CHARACTERS = 64 * 1024 * 1024;

/** Throws `TaskException` for a text that has become too long to go on with. */
export function mustBeShort(text: string): void {
  if (text.length <= MAX_RENDERED_CHARACTERS) return;
  throw new TaskException('the request would be longer than 64 MB: its placeholders have values that are too long');
}

/** One changing piece of a template. */
export type Render = (scope: Scope) => string;

/**
 * Puts a template together. `texts` has one entry more than `renders`: the constant text before, between and behind them.
 * Short templates are one expression: adding strings up is the cheapest that the JavaScript engine can do.
 */
export function createTemplate(texts: readonly string[], renders: readonly Render[]): Template {
  const [a = '', b = '', c = '', d = '', e = ''] = texts;
  const [first, second, third, fourth] = renders;
  if (!first) return { constant: a, render: () => a };
  if (!second) return { constant: null, render: (scope) => a + first(scope) + b };
  if (!third) return { constant: null, render: (scope) => a + first(scope) + b + second(scope) + c };
  if (!fourth) return { constant: null, render: (scope) => a + first(scope) + b + second(scope) + c + third(scope) + d };
  if (renders.length === 4) {
    return {
      constant: null,
      render: (scope) => a + first(scope) + b + second(scope) + c + third(scope) + d + fourth(scope) + e,
    };
  }
  const count = renders.length;
  return {
    constant: null,
    render: (scope) => {
      let text = a;
      for (let index = 0; index < count; index++) {
        text += (renders[index] as Render)(scope) + texts[index + 1];
        mustBeShort(text);
      }
      return text;
    },
  };
}
