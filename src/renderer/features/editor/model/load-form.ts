import { peakNodes, planLoad } from '../../../../shared/scenario/load';
import { loadSchema } from '../../../../shared/scenario/schema';
import { isObject, type JsonObject, objectAt, setAt } from './document-value';

const FALLBACK_NODES = 100;
const FALLBACK_SPAWN_RATE = 5;
const FALLBACK_SECONDS = 60;

/** The load written as stages: one that goes up and holds as the nodes, spawn rate and duration say. */
export function withStages(document: unknown): unknown {
  const load = objectAt(document, ['load']);
  const nodes = positive(load.nodes) ?? FALLBACK_NODES;
  const rampSeconds = round(nodes / (positive(load.spawnRate) ?? FALLBACK_SPAWN_RATE));
  const durationSeconds = positive(load.durationSeconds) ?? rampSeconds + FALLBACK_SECONDS;
  const { nodes: _nodes, spawnRate: _rate, durationSeconds: _duration, ...rest } = load;
  const stage = { nodes, rampSeconds, holdSeconds: round(Math.max(0, durationSeconds - rampSeconds)) };
  return setAt(document, ['load'], { ...rest, stages: [stage] });
}

/** The load written as nodes, spawn rate and duration: the stages' largest number, their first climb, and their whole length. */
export function withSpawnRate(document: unknown): unknown {
  const load = objectAt(document, ['load']);
  const { stages, ...rest } = load;
  const [first] = Array.isArray(stages) ? stages : [];
  const plan = stages === undefined ? null : planOf(load);
  const nodes = Math.max(1, plan?.peak ?? FALLBACK_NODES);
  const rampSeconds = isObject(first) ? positive(first.rampSeconds) : undefined;
  const climb = isObject(first) ? positive(first.nodes) : undefined;
  const spawnRate = rampSeconds && climb ? round(climb / rampSeconds) || FALLBACK_SPAWN_RATE : FALLBACK_SPAWN_RATE;
  const durationSeconds = positive(plan?.durationSeconds) ?? FALLBACK_SECONDS;
  return setAt(document, ['load'], { ...rest, nodes, spawnRate, durationSeconds });
}

/** The next stage: as the last one, to go on from. */
export function nextStage(stages: readonly unknown[]): JsonObject {
  const last = stages[stages.length - 1];
  const nodes = isObject(last) ? positive(last.nodes) : undefined;
  return { nodes: nodes ?? FALLBACK_NODES, rampSeconds: 20, holdSeconds: FALLBACK_SECONDS };
}

/** When each stage ends, in seconds since the start; null from the first stage on whose times are missing. */
export function stageEnds(stages: readonly unknown[]): (number | null)[] {
  let at: number | null = 0;
  return stages.map((stage) => {
    const lengths = isObject(stage) ? [stage.rampSeconds, stage.holdSeconds] : [];
    const seconds = lengths.reduce<number | null>(
      (sum, part) => (sum === null || typeof part !== 'number' ? null : sum + part),
      0,
    );
    at = at === null || seconds === null || lengths.length === 0 ? null : at + seconds;
    return at;
  });
}

function planOf(load: JsonObject): { peak: number; durationSeconds: number | null } | null {
  const parsed = loadSchema.safeParse(load);
  if (!parsed.success) return null;
  const { segments, durationSeconds } = planLoad(parsed.data);
  return { peak: peakNodes(segments), durationSeconds };
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
