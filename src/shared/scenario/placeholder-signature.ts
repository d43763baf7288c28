import type { GeneratorKind } from './schema';

/** What a positional argument may be. A list of texts: one of these. */
export type ParameterType = 'number' | 'integer' | 'text' | 'value' | readonly string[];

export interface Parameter {
  /** The field of the generator in `schema.ts` that the argument fills. */
  name: string;
  type: ParameterType;
  optional: boolean;
  /** Takes this argument and all after it, as a list. */
  rest: boolean;
}

/** How a generator is written in a placeholder: for messages, completion and the documentation. */
export interface PlaceholderSignature {
  kind: GeneratorKind;
  parameters: readonly Parameter[];
  description: string;
  example: string;
}

function required(name: string, type: ParameterType): Parameter {
  return { name, type, optional: false, rest: false };
}

function optional(name: string, type: ParameterType): Parameter {
  return { name, type, optional: true, rest: false };
}

function list(name: string): Parameter {
  return { name, type: 'value', optional: false, rest: true };
}

const decimals = optional('decimals', 'integer');

/** One entry a generator kind; parameters in the order in which they are written. */
export const PLACEHOLDER_SIGNATURES: { readonly [K in GeneratorKind]: PlaceholderSignature & { kind: K } } = {
  constant: {
    kind: 'constant',
    parameters: [required('value', 'value')],
    description: 'Always the same value.',
    example: '{{constant("on")}}',
  },
  randomInteger: {
    kind: 'randomInteger',
    parameters: [required('min', 'integer'), required('max', 'integer')],
    description: 'A whole number, evenly from min to max, both included.',
    example: '{{randomInteger(1, 100)}}',
  },
  randomNumber: {
    kind: 'randomNumber',
    parameters: [required('min', 'number'), required('max', 'number'), decimals],
    description: 'A number, evenly from min to max.',
    example: '{{randomNumber(0, 100, 2)}}',
  },
  gaussian: {
    kind: 'gaussian',
    parameters: [
      required('mean', 'number'),
      required('standardDeviation', 'number'),
      optional('min', 'number'),
      optional('max', 'number'),
      decimals,
    ],
    description: 'A normally distributed number; what falls outside min and max becomes min or max.',
    example: '{{gaussian(21, 1.5)}}',
  },
  choice: {
    kind: 'choice',
    parameters: [list('values')],
    description: 'One of the values, each as likely as the others (a variable can give them weights).',
    example: '{{choice("ok", "ok", "warning")}}',
  },
  counter: {
    kind: 'counter',
    parameters: [optional('start', 'number'), optional('step', 'number')],
    description: 'start (0), then step (1) more each time; each node counts for itself.',
    example: '{{counter(1)}}',
  },
  sequence: {
    kind: 'sequence',
    parameters: [list('values')],
    description: 'The values one after the other, then from the beginning; each node for itself.',
    example: '{{sequence("idle", "run", "stop")}}',
  },
  uuid: {
    kind: 'uuid',
    parameters: [],
    description: 'A random UUID (version 4), the same at the same seed.',
    example: '{{uuid()}}',
  },
  timestamp: {
    kind: 'timestamp',
    parameters: [optional('format', ['iso', 'epochMs', 'epochSeconds']), optional('offsetSeconds', 'number')],
    description: 'The time of day: ISO 8601 with milliseconds (UTC), or milliseconds or seconds since 1970.',
    example: '{{timestamp("epochMs")}}',
  },
  randomWalk: {
    kind: 'randomWalk',
    parameters: [
      required('start', 'number'),
      required('step', 'number'),
      optional('min', 'number'),
      optional('max', 'number'),
      decimals,
    ],
    description: 'start, then each time up to step more or less than before, reflected at min and max.',
    example: '{{randomWalk(20, 0.5, 15, 30, 1)}}',
  },
  sine: {
    kind: 'sine',
    parameters: [
      required('periodSeconds', 'number'),
      required('amplitude', 'number'),
      optional('mean', 'number'),
      optional('phase', 'number'),
      optional('noise', 'number'),
      decimals,
    ],
    description: "A sine curve over the run's time; phase in periods, noise as a standard deviation.",
    example: '{{sine(86400, 8, 20)}}',
  },
  battery: {
    kind: 'battery',
    parameters: [
      required('drainPerHour', 'number'),
      required('rechargePerHour', 'number'),
      optional('full', 'number'),
      optional('empty', 'number'),
      optional('start', 'number'),
      decimals,
    ],
    description: 'A level that falls from start (full) to empty (0), recharges to full (100), and so on.',
    example: '{{battery(5, 50)}}',
  },
  csvColumn: {
    kind: 'csvColumn',
    parameters: [
      required('file', 'text'),
      required('column', 'text'),
      optional('pick', ['round-robin', 'per-node', 'random']),
      optional('whenExhausted', ['repeat', 'fail']),
    ],
    description: "A column of a CSV file beside the scenario: the row of the node's index, or rows in turn, or at random.",
    example: '{{csvColumn("devices.csv", "serial")}}',
  },
};

/** What a placeholder can be besides a generator. */
export const PLACEHOLDER_FORMS: readonly { form: string; description: string; example: string }[] = [
  { form: 'NAME', description: 'The value of a variable of the node type.', example: '{{iot_id}}' },
  {
    form: 'secret.NAME',
    description: 'A secret of that name from the environment; never stored or exported.',
    example: '{{secret.API_TOKEN}}',
  },
  { form: 'node.index', description: "The node's number in the fleet, from 0.", example: '{{node.index}}' },
  { form: 'node.type', description: "The name of the node's type.", example: '{{node.type}}' },
  { form: '"text"', description: 'The text between the quotes, as it is: the way to write {{ itself.', example: '{{"{{"}}' },
];

/** `randomNumber(min, max[, decimals])` */
export function signatureText(signature: PlaceholderSignature): string {
  let text = '';
  let closing = '';
  for (const parameter of signature.parameters) {
    const separator = text === '' ? '' : ', ';
    const written = parameter.rest ? 'value, …' : parameter.name;
    if (parameter.optional && closing === '') {
      text += `[${separator}${written}`;
      closing = ']';
    } else {
      text += `${separator}${written}`;
    }
  }
  return `${signature.kind}(${text}${closing})`;
}
