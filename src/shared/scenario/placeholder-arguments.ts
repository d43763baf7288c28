import { generatorProblems } from './placeholder-generator';
import { type Parameter, type PlaceholderSignature, signatureText } from './placeholder-signature';
import { type Generator, generatorSchema, type Scalar } from './schema';

/** The generator that positional arguments stand for, or what is wrong with them. */
export type ArgumentsResult = { generator: Generator } | { message: string; expected: string };

/**
 * Maps the arguments of a call onto the fields of a generator and checks them as the schema would. `null` in the place of an optional
 * argument leaves it out: `gaussian(21, 1.5, null, null, 1)`.
 */
export function argumentsToGenerator(signature: PlaceholderSignature, args: readonly Scalar[]): ArgumentsResult {
  const { kind, parameters } = signature;
  const minimum = parameters.filter(({ optional }) => !optional).length;
  const maximum = parameters.some(({ rest }) => rest) ? Number.POSITIVE_INFINITY : parameters.length;
  const expected = signatureText(signature);
  if (args.length < minimum || args.length > maximum) {
    return { message: `${kind} takes ${countText(minimum, maximum)}, not ${args.length}`, expected };
  }
  const fields: Record<string, unknown> = { kind };
  parameters.forEach((parameter, index) => {
    const value = parameter.rest ? args.slice(index) : args[index];
    if (value === undefined || (value === null && parameter.optional)) return;
    fields[parameter.name] = value;
  });
  const parsed = generatorSchema.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const wrong = parameters.find(({ name }) => name === issue?.path[0]);
    if (!wrong) return { message: `${kind} cannot take these arguments: ${issue?.message}`, expected };
    const detail = issue?.code === 'invalid_type' || issue?.code === 'invalid_value' ? '' : boundsText(issue);
    const found = JSON.stringify(fields[wrong.name]);
    return { message: `${wrong.name} of ${kind} must be ${typeText(wrong)}${detail}, not ${found}`, expected };
  }
  const [problem] = generatorProblems(parsed.data);
  if (problem) return { message: `${kind}: ${problem.message}`, expected: problem.expected };
  return { generator: parsed.data };
}

function countText(minimum: number, maximum: number): string {
  const plural = (count: number) => (count === 1 ? '1 argument' : `${count} arguments`);
  if (maximum === 0) return 'no arguments';
  if (maximum === Number.POSITIVE_INFINITY) return `at least ${plural(minimum)}`;
  return minimum === maximum ? plural(minimum) : `${minimum} to ${plural(maximum)}`;
}

function typeText({ type }: Parameter): string {
  if (typeof type !== 'string') return `one of ${type.map((choice) => `"${choice}"`).join(', ')}`;
  switch (type) {
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'text':
      return 'a text in quotes';
    case 'value':
      return 'a number, a text in quotes, true, false or null';
  }
}

/** The bound that a value of the right type is beyond. */
function boundsText(
  issue: { code?: string; minimum?: unknown; maximum?: unknown; inclusive?: boolean; origin?: string } | undefined,
): string {
  const unit = issue?.origin === 'string' ? ' of at least 1 character' : null;
  if (issue?.code === 'too_small') return unit ?? ` ${issue.inclusive ? 'of at least' : 'above'} ${String(issue.minimum)}`;
  if (issue?.code === 'too_big') return ` ${issue.inclusive ? 'of at most' : 'below'} ${String(issue.maximum)}`;
  return '';
}
