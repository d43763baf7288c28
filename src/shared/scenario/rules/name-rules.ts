import { isPlaceholderName } from '../placeholder';
import { type DocumentPath, type ProblemReport, quote } from '../problem';

/** Names that placeholders use for something else: `{{node.index}}`, `{{secret.NAME}}`. */
const RESERVED = ['node', 'secret'];

/** Whether `{{name}}` can be written for a variable. */
export function checkVariableName(name: string, path: DocumentPath, report: ProblemReport): void {
  if (RESERVED.includes(name)) {
    report.error(
      path,
      `the name "${name}" is reserved for placeholders such as {{${name}.${name === 'node' ? 'index' : 'NAME'}}}`,
      'another name',
    );
  } else if (!isPlaceholderName(name)) {
    const expected = 'letters, digits, _ and -, not beginning with a digit or -, such as device_id';
    report.error(path, `${quote(name)} cannot be the name of a variable`, expected);
  }
}

/** Names are shown in tables, terminals and files of one line a row. */
export function checkShownName(name: string, path: DocumentPath, report: ProblemReport): void {
  if (!/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return;
  report.error(path, `the name ${quote(name)} holds a line break or control character`, 'a name on one line');
}

/** Reports each name that an earlier entry of the list has. */
export function checkUnique(names: readonly string[], path: DocumentPath, what: string, report: ProblemReport): void {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else
      report.error([...path, index, 'name'], `there already is a ${what} ${quote(name)}, at index ${first}`, 'a name of its own');
  }
}
