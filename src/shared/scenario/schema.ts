import { z } from 'zod';
import { variableSchema } from './generator-schema';
import { stepSchema } from './request-schema';
import { MAX_ENTRIES, nodeCount, seconds, shownName, someNodes, someSeconds } from './schema-values';
import { targetSchema } from './target-schema';

export {
  type Generator,
  type GeneratorKind,
  generatorSchema,
  type Scalar,
  scalarSchema,
  type Variable,
  variableSchema,
} from './generator-schema';
export {
  type Body,
  bodySchema,
  type Expect,
  type Extract,
  expectSchema,
  extractSchema,
  METHODS,
  type PauseStep,
  pauseSchema,
  type RequestStep,
  requestSchema,
  type Step,
  statusExpectationSchema,
  stepSchema,
} from './request-schema';
export { authSchema, type Target, targetSchema, tlsSchema } from './target-schema';

/** The version that this program writes (`"nodeswarm": 1`). Older ones are lifted by `migrate.ts`. */
export const SCENARIO_VERSION = 1;

const gridOptions = {
  onOverrun: z
    .enum(['skip', 'queue', 'shift'])
    .default('skip')
    .describe('What happens to the slots that pass while a task still runs: counted as missed, sent late, or the grid moves.'),
  jitterSeconds: seconds
    .default(0)
    .describe('Each start is displaced by 0 to this many seconds, at random; the grid itself does not move.'),
  align: z
    .enum(['spawn', 'random', 'clock'])
    .default('spawn')
    .describe("Where a node's grid begins: at its spawn, at a random phase, or on the wall clock."),
};

export const waitSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('constant'), seconds: seconds.describe('Seconds from the end of a task to the next.') })
      .describe('The same time after each task.'),
    z
      .strictObject({
        kind: z.literal('between'),
        minSeconds: seconds.describe('Shortest wait, in seconds.'),
        maxSeconds: seconds.describe('Longest wait, in seconds.'),
      })
      .describe('A random time after each task, uniformly distributed.'),
    z
      .strictObject({ kind: z.literal('exponential'), meanSeconds: seconds.describe('Mean wait, in seconds.') })
      .describe('A random time after each task, exponentially distributed.'),
    z
      .strictObject({
        kind: z.literal('pacing'),
        seconds: someSeconds.describe('Seconds from the start of a task to the start of the next.'),
        ...gridOptions,
      })
      .describe("Tasks start on the node's own grid, however long they take."),
    z
      .strictObject({
        kind: z.literal('throughput'),
        perSecond: z.number().positive().max(1_000_000).describe('Tasks a second, for each node.'),
        ...gridOptions,
      })
      .describe('The same as pacing with 1 / perSecond seconds.'),
  ])
  .meta({ id: 'wait', title: 'Wait', description: 'What a node does between tasks.' });
export type Wait = z.infer<typeof waitSchema>;

const taskSchema = z
  .strictObject({
    name: shownName.describe('Name of the task, unique within its node type.'),
    weight: z.number().positive().default(1).describe('How often the task is drawn beside the others of its node type.'),
    steps: z.array(stepSchema).max(MAX_ENTRIES).default([]).describe('What the task does, in order.'),
  })
  .meta({ id: 'task', title: 'Task', description: 'A weighted unit of work.' });
export type Task = z.infer<typeof taskSchema>;

export const nodeTypeSchema = z
  .strictObject({
    name: shownName.describe('Name of the node type, unique in the scenario.'),
    weight: z.number().nonnegative().default(1).describe('Share of the nodes, beside the weights of the other node types.'),
    fixedCount: nodeCount
      .optional()
      .describe('Exactly this many nodes, taken before weights share the rest; the weight then does not count.'),
    variables: z.array(variableSchema).max(MAX_ENTRIES).default([]).describe('Values that each node has for itself.'),
    wait: waitSchema.prefault({ kind: 'constant', seconds: 1 }),
    onStart: z.array(stepSchema).max(MAX_ENTRIES).default([]).describe('Steps of a node once, when it spawns.'),
    tasks: z.array(taskSchema).max(MAX_ENTRIES).default([]).describe('Drawn at random by weight, one after the other.'),
    onStop: z.array(stepSchema).max(MAX_ENTRIES).default([]).describe('Steps of a node once, when it stops.'),
  })
  .meta({ id: 'nodeType', title: 'Node type', description: 'One kind of simulated device.' });
export type NodeType = z.infer<typeof nodeTypeSchema>;

const stageSchema = z
  .strictObject({
    nodes: nodeCount.describe('Number of nodes at the end of the stage.'),
    rampSeconds: seconds.describe('Seconds to get there from the stage before (the first begins at 0 nodes).'),
    holdSeconds: seconds.describe('Seconds to stay there.'),
  })
  .meta({ id: 'stage', title: 'Stage', description: 'A stretch of the load.' });
export type Stage = z.infer<typeof stageSchema>;

/** Either `nodes` and `spawnRate` (and, unless the run goes on until stopped, `durationSeconds`), or `stages`. */
export const loadSchema = z
  .strictObject({
    nodes: someNodes.optional().describe('Number of nodes. Needs `spawnRate`.'),
    spawnRate: z.number().positive().max(1_000_000).optional().describe('Nodes spawned a second. Needs `nodes`.'),
    durationSeconds: someSeconds
      .optional()
      .describe('Length of the run from its start, in seconds; it goes on until stopped when not given.'),
    stages: z
      .array(stageSchema)
      .min(1)
      .max(MAX_ENTRIES)
      .optional()
      .describe('Instead of `nodes`, `spawnRate` and `durationSeconds`.'),
    stopTimeoutSeconds: seconds.default(10).describe('How long a stop waits for requests in flight and `onStop`, in seconds.'),
  })
  .meta({ id: 'load', title: 'Load', description: 'How many nodes, how fast they spawn, for how long.' });
export type Load = z.infer<typeof loadSchema>;

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find the JSON Schema.'),
    nodeswarm: z.literal(SCENARIO_VERSION).describe('Version of the document format.'),
    name: shownName.describe('Name of the scenario.'),
    description: z.string().optional().describe('What the scenario is for.'),
    target: targetSchema,
    load: loadSchema,
    nodeTypes: z.array(nodeTypeSchema).min(1).max(1000).describe('The kinds of simulated devices.'),
  })
  .meta({ title: 'Nodeswarm scenario', description: 'What a swarm of simulated IoT nodes does to a backend.' });
/** A scenario with all defaults filled in. */
export type Scenario = z.infer<typeof scenarioSchema>;
/** A scenario as a user writes it: what has a default may be missing. */
export type ScenarioDocument = z.input<typeof scenarioSchema>;
