import { errorMessage } from '../../shared/text/error-text';

/** What a field of a JSON body must be. */
export interface FieldRule {
  name: string;
  type: 'number' | 'integer' | 'identity';
  required: boolean;
}

const WANTED: Record<FieldRule['type'], string> = {
  number: 'a number',
  integer: 'a whole number',
  identity: 'a non-empty string or a number',
};

/** Reads a JSON object and checks its fields; fields without a rule are let through. The problem is a sentence for the sender. */
export function readPayload(
  text: string,
  rules: readonly FieldRule[],
): { fields: Record<string, unknown> } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      problem: text === '' ? 'the body is empty; a JSON object is expected' : `the body is not JSON: ${errorMessage(error)}`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'the body must be a JSON object' };
  const fields = value as Record<string, unknown>;
  for (const { name, type, required } of rules) {
    const field = fields[name];
    if (field === undefined) {
      if (required) return { problem: `field "${name}" is missing; ${WANTED[type]} is expected` };
    } else if (!isOfType(field, type)) {
      return { problem: `field "${name}" must be ${WANTED[type]}, not ${shorten(JSON.stringify(field))}` };
    }
  }
  return { fields };
}

function isOfType(value: unknown, type: FieldRule['type']): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number';
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function shorten(json: string): string {
  return json.length <= 60 ? json : `${json.slice(0, 59)}…`;
}
