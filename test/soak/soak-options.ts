import { parseArgs } from 'node:util';

/** What a soak is asked to do. */
export interface SoakOptions {
  /** Length of the run. */
  seconds: number;
  nodes: number;
  /** Seconds between two requests of a node. */
  pacingSeconds: number;
  /** Nodes a second, at the start and when the load is edited. */
  spawnRate: number;
  shards: number;
  seed: string;
  /** In a round of this length everything happens once. */
  roundSeconds: number;
  /** Resident memory and descriptors are looked at so often. */
  lookSeconds: number;
  /** Collections are forced so often, to see what is held. */
  probeSeconds: number;
  /** The beginning of the run, and of a process, that says nothing about growth. */
  warmUpSeconds: number;
  /** Length of each of the two small runs before, s. */
  earlierSeconds: number;
  /** What is idle lets go of its connections within this. */
  idleWithinSeconds: number;
}

/** Of everything that happens in a soak, with its rests, s: 20 s for each thing, a minute for each rest. */
const ROUND_SECONDS = 440;
/** Collections are forced so often at the least, s: four times in what counts of a rest. */
const PROBE_SECONDS = 5;

/** The options of a soak that takes `minutes`. */
export function soakOptions(minutes: number, chosen: Partial<SoakOptions> = {}): SoakOptions {
  const seconds = minutes * 60;
  const nodes = chosen.nodes ?? 5_000;
  return {
    seconds,
    nodes,
    pacingSeconds: 10,
    spawnRate: Math.max(1, nodes / 50),
    shards: 2,
    seed: '1',
    roundSeconds: ROUND_SECONDS,
    lookSeconds: Math.min(60, Math.max(5, seconds / 360)),
    probeSeconds: PROBE_SECONDS,
    warmUpSeconds: warmUpOf(seconds),
    earlierSeconds: 15,
    idleWithinSeconds: 30,
    ...chosen,
  };
}

/** A fifth of the run; ten minutes, in which V8 compiles most of what is used, as far as that leaves more than half of it; at most half an hour. */
function warmUpOf(seconds: number): number {
  return Math.min(1800, Math.max(seconds / 5, Math.min(600, seconds * 0.4)));
}

/** What the command line of `npm run soak` says. */
export interface SoakCommand {
  options: SoakOptions;
  json: string | undefined;
  csv: string | undefined;
  /** Keep the folder with the database. */
  keep: boolean;
}

/** Arguments: `[MINUTES] [--nodes N] [--pacing SECONDS] [--seed TEXT] [--json FILE] [--csv FILE] [--keep]`. Throws an error with a sentence. */
export function readSoakCommand(args: string[], environment: NodeJS.ProcessEnv): SoakCommand {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      nodes: { type: 'string' },
      pacing: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
      csv: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const minutes = positive('the number of minutes', positionals[0] ?? environment.SOAK_MINUTES ?? '30');
  if (minutes < 9) throw new Error('a soak takes at least 9 minutes: in less not everything happens once');
  const chosen: Partial<SoakOptions> = {};
  if (values.nodes) chosen.nodes = Math.ceil(positive('--nodes', values.nodes));
  if (values.pacing) chosen.pacingSeconds = positive('--pacing', values.pacing);
  if (values.seed) chosen.seed = values.seed;
  return { options: soakOptions(minutes, chosen), json: values.json, csv: values.csv, keep: values.keep };
}

function positive(what: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${what} must be a number above 0, not ${text}`);
  return value;
}
