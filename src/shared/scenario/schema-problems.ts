import { z } from 'zod';
import { didYouMean } from './placeholder-suggestion';
import { alternatives, type DocumentPath, type ProblemReport, plural, quote } from './problem';
import { coreSchema, kindsOf, lookUp, objectSchemaFor } from './schema-tree';

/** Says in plain words, with its place, what a schema found wrong in a document. */
export function reportSchemaIssues(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  document: unknown,
  report: ProblemReport,
): void {
  for (const [index, issue] of issues.entries()) {
    if (report.isFull) {
      report.countUnlisted(issues.length - index);
      return;
    }
    const path = issue.path.filter((key) => typeof key !== 'symbol');
    reportIssue(issue, path, schema, document, report);
  }
}

function reportIssue(
  issue: z.core.$ZodIssue,
  path: DocumentPath,
  root: z.core.$ZodType,
  document: unknown,
  report: ProblemReport,
): void {
  const { schema, value } = lookUp(root, document, path);
  if (issue.code === 'unrecognized_keys') {
    for (const [index, key] of issue.keys.entries()) {
      if (report.isFull) {
        report.countUnlisted(issue.keys.length - index);
        return;
      }
      report.error([...path, key], ...unknownKey(key, schema, value));
    }
    return;
  }
  const [message, expected] = wording(issue, value);
  if (value !== undefined) {
    report.error(path, message, expected);
    return;
  }
  const meaning = descriptionOf(schema);
  report.error(path, 'this is missing', meaning ? `${expected} (${meaning})` : expected);
}

/** What is wrong with a value, and what would be right. */
function wording(issue: z.core.$ZodIssue, value: unknown): [message: string, expected: string] {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value':
      return wrongChoice(issue.values.map(String), value);
    case 'invalid_union': {
      if ('options' in issue && Array.isArray(issue.options)) return wrongChoice(issue.options.map(String), value);
      return [`expected ${issue.message}, got ${valueInWords(value)}`, issue.message];
    }
    case 'too_small':
      return outOfBounds(issue.origin, Number(issue.minimum), issue.inclusive === true, value, 'small');
    case 'too_big':
      return outOfBounds(issue.origin, Number(issue.maximum), issue.inclusive === true, value, 'big');
    case 'invalid_format':
      if (issue.format === 'base64') return [`${valueInWords(value)} is not base64`, 'letters, digits, + and /, padded with ='];
      return [`expected ${issue.message}, got ${valueInWords(value)}`, issue.message];
    default:
      return [`${valueInWords(value)} is not allowed here`, issue.message];
  }
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function wrongType(type: string, value: unknown): [string, string] {
  const word = TYPE_WORDS[type] ?? type;
  return [`expected ${word}, got ${valueInWords(value)}`, word + exampleOf(type, value)];
}

/** How the given value would be written as the expected type, where that is plain. */
function exampleOf(type: string, value: unknown): string {
  if ((type === 'number' || type === 'int') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.slice(0, 40))) {
    return ` without quotes: ${value.slice(0, 40)}`;
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) return ` without quotes: ${value}`;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return ` in quotes: "${value}"`;
  if (type === 'array') return ' in square brackets';
  if (type === 'object' || type === 'record') return ' in curly brackets';
  return '';
}

function wrongChoice(choices: readonly string[], value: unknown): [string, string] {
  const list = choices.map((choice) => `"${choice}"`);
  const expected = list.length === 1 ? list.join() : `one of ${alternatives(list)}`;
  if (typeof value !== 'string') return [`expected a text, got ${valueInWords(value)}`, expected];
  return [`${quote(value)} is not known here${hint(value, choices)}`, expected];
}

function outOfBounds(origin: string, bound: number, inclusive: boolean, value: unknown, side: 'small' | 'big'): [string, string] {
  const small = side === 'small';
  const limit = small ? 'at least' : 'at most';
  if (origin === 'string') {
    if (small) return ['the text is empty', `a text of ${limit} ${plural(bound, 'character')}`];
    const length = typeof value === 'string' ? value.length : 0;
    return [`the text is too long: ${plural(length, 'character')}`, `a text of ${limit} ${plural(bound, 'character')}`];
  }
  if (origin === 'array') {
    if (small) return ['the list is empty', `a list of ${limit} ${plural(bound, 'entry', 'entries')}`];
    return ['the list is too long', `a list of ${limit} ${plural(bound, 'entry', 'entries')}`];
  }
  const word = origin === 'int' ? 'a whole number' : 'a number';
  const range = inclusive ? `of ${limit} ${bound}` : `${small ? 'above' : 'below'} ${bound}`;
  return [`${valueInWords(value)} is too ${small ? 'small' : 'large'}`, `${word} ${range}`];
}

function unknownKey(key: string, schema: z.core.$ZodType | undefined, value: unknown): [string, string] {
  const object = schema && objectSchemaFor(schema, value);
  const known = object ? Object.keys(object.shape) : [];
  const list = known.length > 1 ? `one of the keys ${alternatives(known)}` : `only the key ${known.join()}`;
  const union = schema && coreSchema(schema);
  if (union instanceof z.ZodDiscriminatedUnion) {
    const options = kindsOf(union);
    const own = options.find(({ option }) => option === object)?.kind;
    const kinds = options.filter(({ option }) => Object.hasOwn(option.shape, key)).map(({ kind }) => `"${kind}"`);
    if (kinds.length > 0) {
      const works = `${quote(key)} works only with the ${kinds.length > 1 ? 'kinds' : 'kind'} ${alternatives(kinds, 'and')}`;
      return [`${works}, not with "${own}"`, `the kind ${alternatives(kinds)}, or ${list}`];
    }
  }
  return [`the key ${quote(key)} is not known here${hint(key, known)}`, list];
}

function hint(word: string, candidates: readonly string[]): string {
  // Nothing can be told from one or two letters; and edit distance takes time in the product of the lengths.
  const meant = word.length < 3 || word.length > 40 ? null : didYouMean(word, candidates);
  return meant === null ? '' : `, did you mean "${meant}"?`;
}

/** A value as messages show it: texts in quotes and cut, lists and objects by their kind only. */
function valueInWords(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined ? 'nothing' : String(value);
}

function descriptionOf(schema: z.core.$ZodType | undefined): string | undefined {
  return schema && z.globalRegistry.get(schema)?.description?.replace(/\.$/, '');
}
