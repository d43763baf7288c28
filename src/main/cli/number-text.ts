/** What stands where there is no number. */
export const NO_VALUE = '–';

/** Milliseconds with three significant digits below 100, whole ones above; thousands are set apart. */
export function msText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NO_VALUE;
  if (ms >= 99.95) return countText(Math.round(ms));
  return ms >= 9.995 ? ms.toFixed(1) : ms.toFixed(2);
}

/** A whole number with thousands set apart: `12,345`. */
export function countText(count: number): string {
  return Number.isFinite(count) ? Math.round(count).toLocaleString('en-US') : NO_VALUE;
}

/** A rate with one decimal below 1,000: `19.9`, `12,345`. */
export function rateText(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return NO_VALUE;
  return perSecond >= 999.95 ? countText(perSecond) : perSecond.toFixed(perSecond > 0 && perSecond < 0.95 ? 2 : 1);
}

/** A part of a whole in percent: `0 %`, `0.02 %`, `12.5 %`. Small parts never read zero. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent < 0.01) return '< 0.01 %';
  if (percent > 99.99 && percent < 100) return '> 99.99 %';
  return `${percent >= 10 ? trimmed(percent.toFixed(1)) : trimmed(percent.toFixed(2))} %`;
}

/** `45 s`, `2 min 5 s`, `1 h 3 min`; parts of a second below ten seconds. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_VALUE;
  if (seconds < 9.95 && !Number.isInteger(seconds)) return `${trimmed(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** `1 request`, `2 requests`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${countText(count)} ${count === 1 ? singular : plural}`;
}

/** Local date and time to the second: `2026-03-01 14:05:09`. */
export function timeText(epochMs: number): string {
  const date = new Date(epochMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
