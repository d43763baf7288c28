import { styleText } from 'node:util';
import type { CommandIo, OutputStream } from './command-io';

/** How a piece of text may look. */
export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Gives text a look, or leaves it as it is where there are no colours. */
export type Style = (look: Look, text: string) => string;

/** No colours. */
export const plainStyle: Style = (_look, text) => text;

const colouredStyle: Style = (look, text) => styleText(look, text, { validateStream: false });

/** Colours on terminals only, and not where NO_COLOR is set (no-color.org) or the terminal is a dumb one. */
export function styleFor(stream: OutputStream, env: CommandIo['env']): Style {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return coloured ? colouredStyle : plainStyle;
}
