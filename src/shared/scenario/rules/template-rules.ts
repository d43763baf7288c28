import { badHeaderCharacter, badPathCharacter } from '../http-syntax';
import { checkJsonSyntax, JsonSyntaxError } from '../json-text';
import { parseTemplate, type TemplatePart } from '../placeholder';
import { type ProblemReport, quote } from '../problem';
import type { TemplatedText } from '../templated-text';
import { positionInText } from '../text-position';

/** Placeholders that one text may hold: many more than any request needs, few enough to be checked while someone types. */
const MAX_PLACEHOLDERS = 5000;
/** Wrong placeholders that are listed for one text. */
const MAX_LISTED = 20;

/** Checks one templated text and returns what it is made of. `variables`: the names that are known where it stands. */
export function checkTemplate(
  { path, text, role }: TemplatedText,
  variables: readonly string[],
  report: ProblemReport,
): TemplatePart[] {
  // What would be found could not be listed any more, and takes time to word.
  if (report.isFull) return [];
  if (countPlaceholders(text, MAX_PLACEHOLDERS) > MAX_PLACEHOLDERS) {
    report.error(
      path,
      `there are more than ${MAX_PLACEHOLDERS} placeholders in this text`,
      'fewer placeholders, or several requests',
    );
    return [];
  }
  const { parts, problems } = parseTemplate(text, { variables }, MAX_LISTED);
  for (const { offset, placeholder, message, expected } of problems) {
    report.error(path, `${message} (${quote(placeholder)} at ${positionInText(text, offset)})`, expected);
  }
  if (role === 'header') checkHeaderValue(path, parts, report);
  if (role === 'path') checkPath(path, text, parts, report);
  if (role === 'json' && problems.length === 0) checkJson(path, text, parts, report);
  return parts;
}

/** How often a placeholder begins in a text; nothing is counted beyond `limit`. */
export function countPlaceholders(text: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf('{{'); at !== -1 && count <= limit; at = text.indexOf('{{', at + 2)) count++;
  return count;
}

function checkHeaderValue(path: TemplatedText['path'], parts: readonly TemplatePart[], report: ProblemReport): void {
  for (const part of parts) {
    const bad = part.kind === 'text' ? badHeaderCharacter(part.text) : null;
    if (bad === null) continue;
    report.error(path, `a header cannot hold the character ${quote(bad)}`, 'a value on one line');
    return;
  }
}

function checkPath(path: TemplatedText['path'], text: string, parts: readonly TemplatePart[], report: ProblemReport): void {
  if (!text.startsWith('/')) {
    const written = /^https?:/i.test(text) ? 'only the path: the address is the base URL of the target' : quote(`/${text}`);
    report.error(path, `the path ${quote(text)} does not begin with /`, written);
    return;
  }
  for (const part of parts) {
    const bad = part.kind === 'text' ? badPathCharacter(part.text) : null;
    if (bad === null) continue;
    const expected = bad === '#' ? 'no fragment, which is never sent; the character itself is written %23' : 'a path on one line';
    report.error(path, `a path cannot hold the character ${quote(bad)}`, expected);
    return;
  }
}

/** A JSON body must be JSON once its placeholders are values. */
function checkJson(path: TemplatedText['path'], text: string, parts: readonly TemplatePart[], report: ProblemReport): void {
  const filled = fillIn(parts);
  try {
    checkJsonSyntax(filled.text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const place = positionInText(text, filled.offsetInTemplate(error.offset));
    const expected = `${error.expected}; for a body that is not JSON use the kind "text"`;
    report.error(path, `this is not JSON even with the placeholders filled in: ${error.message} at ${place}`, expected);
  }
}

/**
 * A template with a plain value for each placeholder: 0, or "0" where a key of an object stands. Within a text in quotes 0 is a character
 * like any other.
 */
function fillIn(parts: readonly TemplatePart[]): { text: string; offsetInTemplate(offset: number): number } {
  const starts: { filled: number; template: number }[] = [];
  let text = '';
  let inQuotes = false;
  for (const [index, part] of parts.entries()) {
    starts.push({ filled: text.length, template: part.start });
    if (part.kind === 'text') {
      text += part.text;
      inQuotes = endsInQuotes(part.text, inQuotes);
      continue;
    }
    const next = parts[index + 1];
    const isKey = !inQuotes && next?.kind === 'text' && /^\s*:/.test(next.text);
    text += isKey ? '"0"' : '0';
  }
  return {
    text,
    offsetInTemplate(offset) {
      const start = starts.findLast(({ filled }) => filled <= offset);
      return start ? start.template + offset - start.filled : offset;
    },
  };
}

function endsInQuotes(text: string, beginsInQuotes: boolean): boolean {
  let inQuotes = beginsInQuotes;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') inQuotes = !inQuotes;
    else if (text[at] === '\\' && inQuotes) at++;
  }
  return inQuotes;
}
