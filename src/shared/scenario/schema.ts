import { z } from 'zod';

/** The version that this program writes (`"nodeswarm": 1`). Older ones are lifted by `migrate.ts`. */
export const SCENARIO_VERSION = 1;

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();
const count = z.number().int().nonnegative();
const atLeastOne = z.number().int().positive();
const name = z.string().trim().min(1).max(200);

/** A JSON value that a generator can yield. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalarSchema>;

/** What a node does when a list or a file has no value left for it. */
const whenExhausted = z.enum(['repeat', 'fail']).default('repeat');
const decimals = z.number().int().min(0).max(12).optional();

export const generatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: scalarSchema }),
  z.strictObject({ kind: z.literal('randomInteger'), min: z.number().int(), max: z.number().int() }),
  z.strictObject({ kind: z.literal('randomNumber'), min: z.number(), max: z.number(), decimals }),
  z.strictObject({
    kind: z.literal('gaussian'),
    mean: z.number(),
    standardDeviation: nonNegative,
    min: z.number().optional(),
    max: z.number().optional(),
    decimals,
  }),
  z.strictObject({
    kind: z.literal('choice'),
    values: z.array(scalarSchema).min(1),
    weights: z.array(nonNegative).optional(),
  }),
  z.strictObject({ kind: z.literal('counter'), start: z.number().default(0), step: z.number().default(1) }),
  z.strictObject({ kind: z.literal('sequence'), values: z.array(scalarSchema).min(1), whenExhausted }),
  z.strictObject({ kind: z.literal('uuid') }),
  z.strictObject({
    kind: z.literal('timestamp'),
    format: z.enum(['iso', 'epochMs', 'epochSeconds']).default('iso'),
    offsetSeconds: z.number().default(0),
  }),
  z.strictObject({
    kind: z.literal('randomWalk'),
    start: z.number(),
    /** Largest change from one value to the next. */
    step: nonNegative,
    min: z.number().optional(),
    max: z.number().optional(),
    decimals,
  }),
  z.strictObject({
    kind: z.literal('sine'),
    periodSeconds: positive,
    amplitude: z.number(),
    mean: z.number().default(0),
    /** Part of a period by which the curve is shifted, 0 to 1. */
    phase: z.number().default(0),
    /** Standard deviation of the gaussian noise added to each value. */
    noise: nonNegative.default(0),
    decimals,
  }),
  z.strictObject({
    kind: z.literal('battery'),
    full: z.number().default(100),
    empty: z.number().default(0),
    /** The level at spawn; `full` unless told. */
    start: z.number().optional(),
    drainPerHour: positive,
    rechargePerHour: positive,
    decimals,
  }),
  z.strictObject({
    kind: z.literal('csvColumn'),
    /** Relative to the scenario's folder. */
    file: z.string().min(1),
    column: z.string().min(1),
    pick: z.enum(['round-robin', 'per-node', 'random']).default('per-node'),
    whenExhausted,
  }),
]);
export type Generator = z.infer<typeof generatorSchema>;
export type GeneratorKind = Generator['kind'];

export const variableSchema = z.strictObject({
  name: z.string(),
  generator: generatorSchema,
  /** When a new value is drawn: once per node, once per task, or at each use. */
  refresh: z.enum(['node', 'task', 'use']).default('node'),
});
export type Variable = z.infer<typeof variableSchema>;

const gridOptions = {
  /** What happens to the slots that pass while a task is still running. */
  onOverrun: z.enum(['skip', 'queue', 'shift']).default('skip'),
  /** Each start is displaced by a uniform 0 to this many seconds; the grid itself does not move. */
  jitterSeconds: nonNegative.default(0),
  /** Where the node's grid begins: at its spawn, at a random phase, or on the wall clock. */
  align: z.enum(['spawn', 'random', 'clock']).default('spawn'),
};

export const waitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), seconds: nonNegative }),
  z.strictObject({ kind: z.literal('between'), minSeconds: nonNegative, maxSeconds: nonNegative }),
  z.strictObject({ kind: z.literal('exponential'), meanSeconds: nonNegative }),
  z.strictObject({ kind: z.literal('pacing'), seconds: positive, ...gridOptions }),
  z.strictObject({ kind: z.literal('throughput'), perSecond: positive, ...gridOptions }),
]);
export type Wait = z.infer<typeof waitSchema>;

export const bodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('json'), text: z.string(), contentType: z.string().optional() }),
  z.strictObject({ kind: z.literal('text'), text: z.string(), contentType: z.string().optional() }),
  z.strictObject({ kind: z.literal('form'), fields: z.record(z.string(), z.string()) }),
  /** Raw bytes, sent as they are; no placeholders. */
  z.strictObject({ kind: z.literal('base64'), data: z.base64(), contentType: z.string().optional() }),
]);
export type Body = z.infer<typeof bodySchema>;

/** A status code (`204`), a class (`"2xx"`) or a range (`"200-299"`). */
export const statusExpectationSchema = z.union([
  z.number().int().min(100).max(599),
  z.string().regex(/^([1-5]xx|[1-5]\d\d-[1-5]\d\d)$/),
]);

export const expectSchema = z.strictObject({
  /** Any of these; 2xx and 3xx when not given. */
  status: z.array(statusExpectationSchema).min(1).optional(),
  bodyContains: z.string().min(1).optional(),
  bodyJson: z.array(z.strictObject({ path: z.string(), equals: scalarSchema })).optional(),
  headers: z
    .array(z.strictObject({ name: z.string().min(1), equals: z.string().optional(), contains: z.string().optional() }))
    .optional(),
  maxLatencyMs: positive.optional(),
});
export type Expect = z.infer<typeof expectSchema>;

/** Takes a value out of the response into a variable of the node. Exactly one of `jsonPath`, `header`, `regex`. */
export const extractSchema = z.strictObject({
  variable: z.string(),
  jsonPath: z.string().optional(),
  header: z.string().min(1).optional(),
  /** RE2 syntax (linear time, no backreferences or look-around). */
  regex: z.string().min(1).optional(),
  /** Capture group of `regex`; the whole match when 0. */
  group: count.default(1),
});
export type Extract = z.infer<typeof extractSchema>;

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export const requestSchema = z.strictObject({
  method: z.enum(METHODS).default('GET'),
  /** Begins with `/`; appended to the target's base URL. */
  path: z.string(),
  /** Name in the statistics; the path as written when not given. No placeholders, so that the number of series is known. */
  name: name.optional(),
  query: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: bodySchema.optional(),
  expect: expectSchema.prefault({}),
  extract: z.array(extractSchema).default([]),
  /** Follow up to 10 redirects, or the number given. The chain counts as one request. */
  followRedirects: z.union([z.boolean(), z.number().int().min(0).max(50)]).default(false),
  /** The target's when not given. */
  timeoutMs: positive.optional(),
});
export type RequestStep = z.infer<typeof requestSchema>;

/** Either `seconds` or `minSeconds` and `maxSeconds`. */
export const pauseSchema = z.strictObject({
  seconds: nonNegative.optional(),
  minSeconds: nonNegative.optional(),
  maxSeconds: nonNegative.optional(),
});
export type PauseStep = z.infer<typeof pauseSchema>;

/** Exactly one of `request` and `pause`. */
export const stepSchema = z.strictObject({ request: requestSchema.optional(), pause: pauseSchema.optional() });
export type Step = z.infer<typeof stepSchema>;

export const taskSchema = z.strictObject({ name, weight: positive.default(1), steps: z.array(stepSchema).default([]) });
export type Task = z.infer<typeof taskSchema>;

export const nodeTypeSchema = z.strictObject({
  name,
  weight: nonNegative.default(1),
  /** This many nodes of the type, taken before weights share the rest. */
  fixedCount: count.optional(),
  variables: z.array(variableSchema).default([]),
  wait: waitSchema.prefault({ kind: 'constant', seconds: 1 }),
  onStart: z.array(stepSchema).default([]),
  tasks: z.array(taskSchema).default([]),
  onStop: z.array(stepSchema).default([]),
});
export type NodeType = z.infer<typeof nodeTypeSchema>;

export const authSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('basic'), username: z.string(), password: z.string() }),
  z.strictObject({ kind: z.literal('bearer'), token: z.string() }),
]);

export const tlsSchema = z.strictObject({
  /** PEM files, relative to the scenario's folder. */
  caFile: z.string().min(1).optional(),
  certFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  /** Accept any certificate. */
  insecure: z.boolean().default(false),
  /** Name sent and checked instead of the host of `baseUrl`. */
  serverName: z.string().min(1).optional(),
});

export const targetSchema = z.strictObject({
  baseUrl: z.string(),
  http: z.enum(['auto', '1.1', '2']).default('auto'),
  /** Proxy URL (`http://host:port`); implies the undici client. */
  proxy: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  auth: authSchema.optional(),
  tls: tlsSchema.prefault({}),
  /** A connection of its own for each node, or a pool of `poolSize` in each run (divided among the shards). */
  connection: z.enum(['per-node', 'shared']).default('per-node'),
  poolSize: atLeastOne.default(64),
  /** false: a new connection for each request. */
  keepAlive: z.boolean().default(true),
  /** Each node keeps the cookies it is given. */
  cookies: z.boolean().default(false),
  timeoutMs: positive.default(60_000),
  connectTimeoutMs: positive.default(10_000),
  /** Source addresses to spread connections over (each gives some 28,000 ports). */
  localAddresses: z.array(z.string().min(1)).default([]),
  maxHeaderBytes: atLeastOne.default(65_536),
  maxBodyBytes: atLeastOne.default(104_857_600),
});
export type Target = z.infer<typeof targetSchema>;

export const stageSchema = z.strictObject({
  nodes: count,
  /** Seconds to get from the stage before to `nodes`. */
  rampSeconds: nonNegative,
  /** Seconds to stay there. */
  holdSeconds: nonNegative,
});
export type Stage = z.infer<typeof stageSchema>;

/** Either `nodes` and `spawnRate` (and, unless the run goes on until stopped, `durationSeconds`), or `stages`. */
export const loadSchema = z.strictObject({
  nodes: atLeastOne.optional(),
  /** Nodes a second. */
  spawnRate: positive.optional(),
  durationSeconds: positive.optional(),
  stages: z.array(stageSchema).min(1).optional(),
  /** How long a stop waits for requests in flight and `onStop`. */
  stopTimeoutSeconds: nonNegative.default(10),
});
export type Load = z.infer<typeof loadSchema>;

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  nodeswarm: z.literal(SCENARIO_VERSION),
  name: name,
  description: z.string().optional(),
  target: targetSchema,
  load: loadSchema,
  nodeTypes: z.array(nodeTypeSchema).min(1),
});
/** A scenario with all defaults filled in. */
export type Scenario = z.infer<typeof scenarioSchema>;
/** A scenario as a user writes it: what has a default may be missing. */
export type ScenarioDocument = z.input<typeof scenarioSchema>;
