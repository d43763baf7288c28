import { PLACEHOLDER_FORMS, PLACEHOLDER_SIGNATURES, signatureText } from '../../../../shared/scenario/placeholder';

/** Something that can stand in a placeholder. */
export interface PlaceholderOption {
  label: string;
  kind: 'variable' | 'node' | 'secret' | 'generator';
  /** How a generator is written, beside the label. */
  signature: string;
  description: string;
  /** What is written, and where in it the cursor goes. */
  insert: string;
  cursor: number;
}

/** What can be written at a place: from `from` to `to` stands what was typed of it. */
export interface PlaceholderCompletion {
  from: number;
  to: number;
  options: PlaceholderOption[];
}

/** Beginnings of a placeholder up to the cursor: braces, then a part of a name. */
const BEGINNING = /\{\{\s*([A-Za-z_][\w.-]*)?$/;

/**
 * What can be written at `offset` of a template: null outside placeholders and within arguments. `variables`: the names that exist there.
 * What is inserted brings its closing braces unless they are there.
 */
export function completePlaceholder(text: string, offset: number, variables: readonly string[]): PlaceholderCompletion | null {
  const line = text.slice(Math.max(0, offset - 200), offset);
  const match = BEGINNING.exec(line);
  if (!match) return null;
  const from = offset - (match[1]?.length ?? 0);
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const to = offset + rest;
  const behind = text.slice(to);
  const closing = /^\s*\}\}/.test(behind) || /^\s*\(/.test(behind) ? '' : '}}';
  const hasBrackets = /^\s*\(/.test(behind);
  const options: PlaceholderOption[] = variables.map((name) => ({
    label: name,
    kind: 'variable',
    signature: '',
    description: 'A variable of the node type.',
    ...written(name, closing),
  }));
  for (const { form, description } of PLACEHOLDER_FORMS) {
    if (form === 'secret.NAME') {
      options.push({ label: 'secret.', kind: 'secret', signature: 'NAME', description, insert: `secret.${closing}`, cursor: 7 });
    } else if (form.startsWith('node.')) {
      options.push({ label: form, kind: 'node', signature: '', description, ...written(form, closing) });
    }
  }
  for (const signature of Object.values(PLACEHOLDER_SIGNATURES)) {
    const { kind, parameters, description } = signature;
    const brackets = hasBrackets ? '' : '()';
    const insert = `${kind}${brackets}${closing}`;
    // Into the brackets, where there is something to fill in.
    const cursor = parameters.length > 0 && brackets !== '' ? kind.length + 1 : insert.length;
    options.push({
      label: kind,
      kind: 'generator',
      signature: signatureText(signature).slice(kind.length),
      description,
      insert,
      cursor,
    });
  }
  return { from, to, options };
}

/** The signature of the generator whose arguments are being written at `offset`; null elsewhere. */
export function signatureAt(text: string, offset: number): { text: string; description: string } | null {
  const line = text.slice(Math.max(0, offset - 500), offset);
  const call = /\{\{\s*([A-Za-z]\w*)\s*\((?:[^"'(){}]|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)*$/.exec(line);
  const kind = call?.[1];
  const signature = Object.values(PLACEHOLDER_SIGNATURES).find((candidate) => candidate.kind === kind);
  return signature ? { text: signatureText(signature), description: signature.description } : null;
}

function written(name: string, closing: string): { insert: string; cursor: number } {
  return { insert: `${name}${closing}`, cursor: name.length + closing.length };
}
