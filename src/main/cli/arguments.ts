import type { Stage } from '../../shared/scenario/schema';
import { MAX_NODES, MAX_SECONDS } from '../../shared/scenario/schema-values';
import { hostOf } from '../../shared/target/test-permission';
import { EXIT, usageError } from './exit-code';

const SECONDS_OF: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A run named on the command line: an id, or the newest one. */
export type RunReference = number | 'last';

/** Reads `30s`, `5m`, `1h`, `1h30m`, `1.5h` or plain seconds (`90`). Seconds. Throws a usage error that names `what`. */
export function parseDuration(text: string, what: string): number {
  const seconds = durationSeconds(text.trim());
  if (seconds === null) throw usageError(`${what} "${text}" is not a duration; write 30s, 5m, 1h, 1h30m or plain seconds (90)`);
  if (seconds > MAX_SECONDS) throw usageError(`${what} "${text}" is longer than a year`);
  return seconds;
}

/** As `parseDuration`, above zero. */
export function parsePositiveDuration(text: string, what: string): number {
  const seconds = parseDuration(text, what);
  if (seconds <= 0) throw usageError(`${what} must be longer than 0 seconds`);
  return seconds;
}

/** Reads `NODES:RAMP:HOLD,…`, for example `50:30s:1m,100:10s:5m`. Throws a usage error. */
export function parseStages(text: string): Stage[] {
  return text.split(',').map((part, index) => {
    const fields = part.trim().split(':');
    const [nodes = '', ramp = '', hold = ''] = fields;
    const where = `stage ${index + 1} of --stages`;
    if (fields.length !== 3) {
      throw usageError(`${where} is "${part}"; a stage is NODES:RAMP:HOLD, for example 50:30s:1m`);
    }
    return {
      nodes: parseWholeNumber(nodes, `the number of nodes in ${where}`, { min: 0, max: MAX_NODES }),
      rampSeconds: parseDuration(ramp, `the ramp in ${where}`),
      holdSeconds: parseDuration(hold, `the hold in ${where}`),
    };
  });
}

/** Reads a whole number within limits. Throws a usage error that names `what`. */
export function parseWholeNumber(
  text: string,
  what: string,
  { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
): number {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  const limits = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
  throw usageError(`${what} must be a whole number ${limits}, not "${text}"`);
}

/** Reads a decimal number above zero, up to `max`. Throws a usage error that names `what`. */
export function parseRate(text: string, what: string, max = Number.MAX_VALUE): number {
  const number = /^(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number > 0 && number <= max) return number;
  const limit = max === Number.MAX_VALUE ? '' : ` and at most ${max}`;
  throw usageError(`${what} must be a number above 0${limit}, not "${text}"`);
}

/** Reads the base URL of a target. Throws a usage error. */
export function parseHost(text: string): string {
  let url: URL | null = null;
  try {
    url = new URL(text);
  } catch {
    // Said below, with an example.
  }
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') return text;
  const hint = /^[\w.-]+(:\d+)?(\/.*)?$/.test(text) ? `; did you mean http://${text}?` : ', for example http://192.168.1.20:8080';
  throw usageError(`-H needs a URL that begins with http:// or https://, not "${text}"${hint}`);
}

/** Reads the name or address of a host. Throws a usage error. */
export function parseHostName(text: string): string {
  const host = hostOf(text);
  if (host !== null) return host;
  throw usageError(`--yes-i-may-test needs the name or address of a host, for example backend.example, not "${text}"`);
}

/** Reads the exit code for a finding; EXIT.failures unless told. Throws a usage error that names `what`. */
export function parseExitCode(text: string | undefined, what: string): number {
  return text === undefined ? EXIT.failures : parseWholeNumber(text, what, { min: 0, max: 255 });
}

/** Reads the id of a run or `last`. Throws a usage error. */
export function parseRunReference(text: string): RunReference {
  if (text === 'last') return 'last';
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageError(`"${text}" is not a run: give the id that "nodeswarm history" shows, or last`);
}

function durationSeconds(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const parts = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(text);
  if (!parts || text === '') return null;
  return ['h', 'm', 's', 'ms'].reduce(
    (sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * (SECONDS_OF[unit] as number),
    0,
  );
}
