/** Shown where there is no value. */
export const NO_VALUE = '–';

const figures = new Intl.NumberFormat(undefined, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat(undefined, { maximumFractionDigits: 12 });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const shortMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/**
 * A measured number to three significant digits, in the locale's digits, and always three, so that it keeps its width while it changes: `44.0`,
 * `1.20`; but nothing is `0`. Whole numbers from 1,000 on (never 1,230 for 1,234).
 */
export function formatFigure(value: number | null | undefined): string {
  return value === 0 ? whole.format(0) : formatBy(figures, value);
}

/** A number that somebody chose: three significant digits at most, whole numbers from 1,000 on. */
export function formatShort(value: number | null | undefined): string {
  return formatBy(short, value);
}

/** A mark of a value axis, as `formatShort` does; from 100,000 on with the locale's word for thousands, so that it has room: `200K`, `1.5M`. */
export function formatMark(value: number): string {
  return Math.abs(value) >= 100_000 ? compact.format(value) : formatShort(value);
}

function formatBy(format: Intl.NumberFormat, value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE;
  return Math.abs(value) >= 999.5 ? whole.format(value) : format.format(value);
}

/** A count: whole, with thousands separated. */
export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? NO_VALUE : whole.format(value);
}

/** All digits, for tooltips. */
export function formatExact(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? NO_VALUE : exact.format(value);
}

/** Milliseconds with unit: `41.2 ms`, `15.3 s` from ten seconds on. */
export function formatLatency(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NO_VALUE;
  return ms >= 10_000 ? `${figures.format(ms / 1000)} s` : `${formatFigure(ms)} ms`;
}

/**
 * A measured share (0 to 1) as percent with unit, to three significant digits like `formatFigure`: `64.0 %`. Something is never shown as
 * nothing: `< 0.01 %`; nor as all: `> 99.9 %`.
 */
export function formatPercent(share: number | null | undefined): string {
  return percentBy(formatFigure, share);
}

/** A share (0 to 1) that follows from what somebody chose, such as weights, as percent with unit: three significant digits at most. */
export function formatShortPercent(share: number | null | undefined): string {
  return percentBy(formatShort, share);
}

function percentBy(format: (value: number) => string, share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return `< ${exact.format(0.01)} %`;
  if (percent < 100 && percent > 99.95) return `> ${exact.format(99.9)} %`;
  return `${format(percent)} %`;
}

/** `parts` of `all` as percent; no value when there are none. */
export function formatShare(part: number, all: number): string {
  return formatPercent(all > 0 ? part / all : null);
}

/** A clock of a run: `mm:ss`, `h:mm:ss` from one hour on. */
export function formatClock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NO_VALUE;
  const all = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(all / 60) % 60;
  const hours = Math.floor(all / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${two(minutes)}:${two(all % 60)}`;
}

/** Bytes in B, KB, MB, GB (powers of 1,000). */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return NO_VALUE;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1,000 of the smaller unit.
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? whole.format(value) : short.format(value)} ${units[unit]}`;
}

/** Date and time to the second. */
export function formatMoment(epochMs: number | null | undefined): string {
  return epochMs === null || epochMs === undefined ? NO_VALUE : moment.format(epochMs);
}

/** Date and time to the minute. */
export function formatShortMoment(epochMs: number | null | undefined): string {
  return epochMs === null || epochMs === undefined ? NO_VALUE : shortMoment.format(epochMs);
}

/** `1 run`, `2 runs` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
