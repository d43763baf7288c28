import { z } from 'zod';
import type { Scalar } from '../scenario/schema';
import { generatorSchema } from '../scenario/schema';
import { HIGHEST_MAX_RATE, someNodes } from '../scenario/schema-values';
import type { RunComparison } from '../stats/comparison';
import { RUN_EXPORTS } from './run-exports';
import type {
  AppInfo,
  DownloadFile,
  HistoryRow,
  LogEntry,
  OpenedDocument,
  RenderedRequest,
  RunCourse,
  RunSnapshot,
  SendOnceStep,
  Settings,
  Spectrum,
  WindowStatistics,
} from './types';

/** One route: main checks `input` before the handler sees it; `Output` is what it replies. */
interface Route<Input extends z.ZodType, Output> {
  input: Input;
  /** Carries the type only; never there at run time. */
  output?: Output;
}

function route<Output>() {
  return <Input extends z.ZodType>(input: Input): Route<Input, Output> => ({ input });
}

/** A scenario file is never larger. Characters. */
const documentText = z.string().max(50_000_000);
/** Files outside of the scenario's folder that the user agrees to have read, for this call and the run that it starts. Absolute paths. */
const allowFiles = z.array(z.string().max(4096)).max(1000).optional();
const runId = z.number().int().positive();
const second = z.number().nonnegative().max(1e9);
const window = z.strictObject({ from: second, to: second });
const seriesIndex = z.number().int().nonnegative();
/** A host that the user has confirmed just now to be allowed to load-test. */
const mayTest = z.string().max(2048).optional();
const nothing = z.strictObject({});
/** The rate guard, requests a second. */
export const maxRequestsPerSecond = z.number().positive().max(HIGHEST_MAX_RATE);

/** A place in a scenario that holds steps. */
const stepsPlace = z.strictObject({
  nodeType: z.number().int().nonnegative(),
  /** Index of a task, or one of the two lists that every node type has. */
  task: z.union([z.number().int().nonnegative(), z.literal('onStart'), z.literal('onStop')]),
});

/** The contract between the renderer and whoever serves it: desktop (IPC) and browser host (HTTP) serve exactly these. */
export const ROUTES = {
  'app.info': route<AppInfo>()(nothing),
  'settings.set': route<Settings>()(
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark']).optional(),
      density: z.enum(['compact', 'comfortable']).optional(),
      maxRequestsPerSecond: maxRequestsPerSecond.nullable().optional(),
    }),
  ),
  /** What the title of the window and the question on closing go by. */
  'document.state': route<null>()(
    z.strictObject({ name: z.string().max(500), path: z.string().max(4096).nullable(), dirty: z.boolean() }),
  ),

  /** Desktop: with a path that file, without one a dialog (null when it is cancelled). */
  'scenarios.open': route<OpenedDocument | null>()(z.strictObject({ path: z.string().max(4096).optional() })),
  'scenarios.openSample': route<OpenedDocument>()(z.strictObject({ id: z.string().max(200) })),
  /** The copy of a scenario that `keepRecent` has kept, without the credentials that were written out in it. */
  'scenarios.openRecent': route<OpenedDocument>()(z.strictObject({ name: z.string().max(500) })),
  /** Browser: keeps a copy of a scenario for the list of recent ones, unless it is too large or cannot run yet. */
  'scenarios.keepRecent': route<null>()(z.strictObject({ text: documentText })),
  /** Empties the list of recent files or scenarios. */
  'scenarios.forgetRecent': route<null>()(nothing),
  /** Desktop: to `path`, or where a dialog says (null when it is cancelled). */
  'scenarios.save': route<{ path: string } | null>()(
    z.strictObject({ path: z.string().max(4096).nullable(), suggestedName: z.string().max(200), text: documentText }),
  ),
  /** Keeps unsaved work against a crash; an empty text forgets it. */
  'scenarios.autosave': route<null>()(z.strictObject({ path: z.string().max(4096).nullable(), text: documentText })),
  /** What the given nodes would send in each request of a list of steps. */
  'scenarios.preview': route<RenderedRequest[]>()(
    z.strictObject({
      text: documentText,
      path: z.string().max(4096).nullable(),
      place: stepsPlace,
      step: z.number().int().nonnegative(),
      nodes: z.array(z.number().int().nonnegative()).min(1).max(10),
      seed: z.number().int(),
    }),
  ),
  /** What a generator would draw: the next values of one node, `stepSeconds` apart; or the first value of each of `count` nodes. */
  'scenarios.previewGenerator': route<Scalar[]>()(
    z.strictObject({
      generator: generatorSchema,
      path: z.string().max(4096).nullable(),
      node: z.number().int().nonnegative(),
      of: z.enum(['one node', 'each node']).default('one node'),
      count: z.number().int().min(1).max(500),
      stepSeconds: z.number().positive(),
      seed: z.number().int(),
    }),
  ),
  /** Carries out a list of steps once, as node 0, against the target. */
  'scenarios.sendOnce': route<SendOnceStep[]>()(
    z.strictObject({
      text: documentText,
      path: z.string().max(4096).nullable(),
      place: stepsPlace,
      host: z.string().max(2048).optional(),
      mayTest,
      allowFiles,
    }),
  ),

  'runs.start': route<RunSnapshot>()(
    z.strictObject({
      text: documentText,
      path: z.string().max(4096).nullable(),
      name: z.string().max(200).optional(),
      nodes: someNodes.optional(),
      spawnRate: z.number().positive().optional(),
      /** null: until stopped, whatever the scenario says. */
      durationSeconds: z.number().positive().nullable().optional(),
      host: z.string().max(2048).optional(),
      mayTest,
      shards: z.number().int().min(1).max(256).optional(),
      seed: z.number().int().nonnegative().optional(),
      allowFiles,
    }),
  ),
  /** The run that is on, or the last one that was since the app started; null when there was none. */
  'runs.current': route<{ snapshot: RunSnapshot; running: boolean; log: LogEntry[] } | null>()(nothing),
  /** First call gracefully, second at once. */
  'runs.stop': route<null>()(nothing),
  'runs.edit': route<null>()(z.strictObject({ nodes: someNodes, spawnRate: z.number().positive() })),
  /** The statistics shown begin anew; what is stored stays whole. */
  'runs.resetStatistics': route<null>()(nothing),

  'runs.list': route<HistoryRow[]>()(nothing),
  'runs.read': route<RunSnapshot>()(z.strictObject({ id: runId })),
  /** `series` null: Aggregated. */
  'runs.course': route<RunCourse>()(z.strictObject({ id: runId, series: seriesIndex.nullable() })),
  /** Columns of all seconds; see `heatText`. */
  'runs.heat': route<string>()(z.strictObject({ id: runId, series: seriesIndex.nullable() })),
  'runs.window': route<WindowStatistics>()(z.strictObject({ id: runId, window })),
  /** Without a window: of the steady phase, of the whole run where there was none. */
  'runs.spectrum': route<Spectrum>()(z.strictObject({ id: runId, series: seriesIndex.nullable(), window: window.optional() })),
  'runs.update': route<null>()(
    z.strictObject({
      id: runId,
      name: z.string().min(1).max(200).optional(),
      note: z.string().max(10_000).optional(),
      baseline: z.boolean().optional(),
    }),
  ),
  /** The run goes out of sight at once and for good after a while; until then it can be restored. */
  'runs.delete': route<null>()(z.strictObject({ ids: z.array(runId).min(1).max(1000) })),
  'runs.restore': route<null>()(z.strictObject({ ids: z.array(runId).min(1).max(1000) })),
  /** Desktop: asks where to, and writes; the reply names the files. Browser: the reply holds them. null when cancelled. */
  'runs.export': route<{ saved: string[]; downloads: DownloadFile[] } | null>()(
    z.strictObject({
      id: runId,
      format: z.enum(RUN_EXPORTS.map((offered) => offered.format)),
      fullHistory: z.boolean().optional(),
    }),
  ),
  /** The first is the baseline, A. */
  'runs.compare': route<RunComparison>()(
    z.strictObject({ a: runId, b: runId, windowA: window.optional(), windowB: window.optional() }),
  ),
  'runs.exportComparison': route<{ saved: string[]; downloads: DownloadFile[] } | null>()(
    z.strictObject({
      a: runId,
      b: runId,
      windowA: window.optional(),
      windowB: window.optional(),
      format: z.enum(['csv', 'html']),
    }),
  ),

  /** Starts the demo backend on a free port, or says where it is. */
  'demo.start': route<{ url: string }>()(
    z.strictObject({
      latency: z.string().max(100).optional(),
      errorPercent: z.number().min(0).max(100).optional(),
      capacityPerSecond: z.number().positive().optional(),
    }),
  ),
  'demo.stop': route<null>()(nothing),
} as const;

export type RouteName = keyof typeof ROUTES;
export type RouteInput<Name extends RouteName> = z.input<(typeof ROUTES)[Name]['input']>;
export type RouteOutput<Name extends RouteName> = Exclude<(typeof ROUTES)[Name]['output'], undefined>;
