import type { Random } from '../swarm/random';

/** How long the demo backend takes for an answer, apart from queueing. */
export type LatencyModel =
  | { kind: 'fixed'; ms: number }
  /** Logarithm normally distributed, as response times of real services often are. */
  | { kind: 'lognormal'; medianMs: number; p99Ms: number };

/** A setting of the demo backend makes no sense. The message is one sentence for the user. */
export class DemoSettingError extends Error {
  override name = 'DemoSettingError';
}

/** The longest delay that can be asked for: ten minutes. */
const MAX_LATENCY_MS = 600_000;
/** The standard normal's 99 % quantile. */
const Z99 = 2.3263478740408408;

/** Reads `MS` or `lognormal:MEDIAN:P99`, both in ms. Throws `DemoSettingError`. */
export function parseLatency(text: string): LatencyModel {
  const [kind = '', ...rest] = text.trim().split(':');
  if (kind !== 'lognormal') {
    const ms = rest.length === 0 ? readNumber(kind) : null;
    if (ms === null)
      throw new DemoSettingError(`latency "${text}" is neither milliseconds (50) nor lognormal:MEDIAN:P99 (lognormal:20:200)`);
    return checkLatency({ kind: 'fixed', ms });
  }
  const [medianMs, p99Ms] = rest.map(readNumber);
  if (rest.length !== 2 || typeof medianMs !== 'number' || typeof p99Ms !== 'number') {
    throw new DemoSettingError(
      `latency "${text}" needs two numbers in milliseconds: lognormal:MEDIAN:P99, for example lognormal:20:200`,
    );
  }
  return checkLatency({ kind: 'lognormal', medianMs, p99Ms });
}

/** Returns the model when its numbers make sense. Throws `DemoSettingError`. */
export function checkLatency(model: LatencyModel): LatencyModel {
  const longest = model.kind === 'fixed' ? model.ms : model.p99Ms;
  if (!(longest >= 0 && longest <= MAX_LATENCY_MS)) {
    throw new DemoSettingError(`latency must be 0 to ${MAX_LATENCY_MS} ms, not ${longest}`);
  }
  if (model.kind === 'lognormal' && !(model.medianMs > 0 && model.medianMs <= model.p99Ms)) {
    throw new DemoSettingError(
      `lognormal latency needs a median above 0 and not above its p99, not median ${model.medianMs} and p99 ${model.p99Ms}`,
    );
  }
  return model;
}

/** Reads a percentage, 0 to 100. Throws `DemoSettingError`. */
export function parseErrorPercent(text: string): number {
  return checkErrorPercent(readNumber(text.trim().replace(/%$/, '')) ?? Number.NaN, text);
}

export function checkErrorPercent(percent: number, text = String(percent)): number {
  if (!(percent >= 0 && percent <= 100)) throw new DemoSettingError(`errors must be a percentage from 0 to 100, not "${text}"`);
  return percent;
}

/** Reads requests a second, above 0. Throws `DemoSettingError`. */
export function parseCapacity(text: string): number {
  return checkCapacity(readNumber(text.trim()) ?? Number.NaN, text);
}

export function checkCapacity(perSecond: number, text = String(perSecond)): number {
  if (!(perSecond > 0 && perSecond <= 10_000_000)) {
    throw new DemoSettingError(`capacity must be a number of requests a second above 0, not "${text}"`);
  }
  return perSecond;
}

/** Draws a latency in us. A lognormal has sigma = ln(p99 / median) / z99 around mu = ln(median). */
export function drawLatencyUs(model: LatencyModel, random: Random): number {
  if (model.kind === 'fixed') return model.ms * 1000;
  const sigma = Math.log(model.p99Ms / model.medianMs) / Z99;
  return Math.min(MAX_LATENCY_MS, model.medianMs * Math.exp(sigma * random.gaussian())) * 1000;
}

/** A plain decimal number, or null. */
function readNumber(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
