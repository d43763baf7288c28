import { argumentsToGenerator } from './placeholder-arguments';
import { PLACEHOLDER_SIGNATURES, signatureText } from './placeholder-signature';
import { didYouMean } from './placeholder-suggestion';
import { type PlaceholderExpression, scanTemplate } from './placeholder-syntax';
import type { Generator, GeneratorKind } from './schema';

export { PLACEHOLDER_FORMS, PLACEHOLDER_SIGNATURES, type PlaceholderSignature, signatureText } from './placeholder-signature';
export { isPlaceholderName } from './placeholder-syntax';

/** What a piece of a template stands for. */
type PartContent =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: string }
  | { kind: 'secret'; name: string }
  | { kind: 'node'; field: 'index' | 'type' }
  | { kind: 'generator'; generator: Generator };

/** A piece of a template; `start` and `end` are offsets into its text (UTF-16 code units, the braces of a placeholder included). */
export type TemplatePart = { start: number; end: number } & PartContent;

/** A placeholder that cannot be used: where (`offset` into the text), the placeholder as written, what is wrong, what would be right. */
export interface TemplateProblem {
  offset: number;
  placeholder: string;
  message: string;
  expected: string;
}

type Meaning = PartContent | { kind: 'problem'; message: string; expected: string };

/**
 * Reads a text with placeholders. `known.variables`: the names that exist where the text stands (declared and extracted ones).
 * A placeholder is data, never code: a name, a secret, a fact about the node, or a generator with literal arguments.
 * Broken placeholders are in `problems` and in no part; after `maxProblems` of them nothing more is read.
 */
export function parseTemplate(
  text: string,
  known: { variables: readonly string[] },
  maxProblems = Number.POSITIVE_INFINITY,
): { parts: TemplatePart[]; problems: TemplateProblem[] } {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  for (const piece of scanTemplate(text)) {
    if (problems.length >= maxProblems) break;
    const { start, end } = piece;
    if (piece.kind === 'text') {
      parts.push(piece);
      continue;
    }
    const meaning: Meaning =
      piece.kind === 'broken'
        ? { kind: 'problem', message: piece.message, expected: piece.expected }
        : meaningOf(piece.expression, known.variables);
    if (meaning.kind === 'problem') {
      const { message, expected } = meaning;
      problems.push({ offset: start, placeholder: text.slice(start, end), message, expected });
    } else {
      parts.push({ ...meaning, start, end });
    }
  }
  return { parts, problems };
}

/** Whether a text contains anything that would be read as a placeholder. */
export function hasPlaceholder(text: string): boolean {
  return text.includes('{{');
}

function meaningOf(expression: PlaceholderExpression, variables: readonly string[]): Meaning {
  switch (expression.kind) {
    case 'literal':
      return { kind: 'text', text: expression.text };
    case 'call':
      return generatorMeaning(expression.name, expression.args, variables);
    case 'name':
      return nameMeaning(expression.path, variables);
  }
}

function nameMeaning(path: readonly string[], variables: readonly string[]): Meaning {
  const [first = '', second] = path;
  if (path.length === 1) return variables.includes(first) ? { kind: 'variable', name: first } : unknownName(first, variables);
  if (path.length === 2 && second !== undefined) {
    if (first === 'secret') return { kind: 'secret', name: second };
    if (first === 'node' && (second === 'index' || second === 'type')) return { kind: 'node', field: second };
  }
  const written = path.join('.');
  if (first === 'node') {
    return { kind: 'problem', message: `a node has no "${path.slice(1).join('.')}"`, expected: 'node.index or node.type' };
  }
  if (first === 'secret') {
    return {
      kind: 'problem',
      message: `"${written}" has too many dots`,
      expected: `secret.NAME, for example secret.${second}`,
    };
  }
  const hint = hintFor(first, ['node', 'secret']);
  return { kind: 'problem', message: `unknown name "${written}"${hint}`, expected: 'secret.NAME, node.index or node.type' };
}

function unknownName(name: string, variables: readonly string[]): Meaning {
  if (isGeneratorKind(name)) {
    return {
      kind: 'problem',
      message: `"${name}" is a generator and needs parentheses`,
      expected: signatureText(PLACEHOLDER_SIGNATURES[name]),
    };
  }
  const expected =
    variables.length === 0
      ? 'a variable that the node type declares, node.index, node.type, secret.NAME or a generator such as randomInteger(1, 100)'
      : `one of the variables ${variables.join(', ')}, or node.index, node.type, secret.NAME, or a generator such as randomInteger(1, 100)`;
  const candidates = [...variables, 'node.index', 'node.type', ...generatorKinds().map((kind) => `${kind}()`)];
  return { kind: 'problem', message: `unknown variable "${name}"${hintFor(name, candidates)}`, expected };
}

function generatorMeaning(name: string, args: Parameters<typeof argumentsToGenerator>[1], variables: readonly string[]): Meaning {
  if (isGeneratorKind(name)) {
    const result = argumentsToGenerator(PLACEHOLDER_SIGNATURES[name], args);
    return 'generator' in result ? { kind: 'generator', generator: result.generator } : { kind: 'problem', ...result };
  }
  const kinds = generatorKinds();
  if (variables.includes(name)) {
    return { kind: 'problem', message: `"${name}" is a variable and takes no arguments`, expected: `{{${name}}}` };
  }
  return {
    kind: 'problem',
    message: `unknown generator "${name}"${hintFor(name, kinds)}`,
    expected: `one of ${kinds.join(', ')}`,
  };
}

function hintFor(word: string, candidates: readonly string[]): string {
  const suggestion = didYouMean(word, candidates);
  return suggestion === null ? '' : `, did you mean "${suggestion}"?`;
}

function generatorKinds(): GeneratorKind[] {
  return Object.keys(PLACEHOLDER_SIGNATURES) as GeneratorKind[];
}

function isGeneratorKind(name: string): name is GeneratorKind {
  return Object.hasOwn(PLACEHOLDER_SIGNATURES, name);
}
