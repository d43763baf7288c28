/** How numbers and times read in a report. English notation; what is not there is a dash. */

const NOTHING = '–';

/** A number with thousands separators and a fixed number of decimals. */
export function decimal(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export function whole(value: number | null | undefined): string {
  return decimal(value, 0);
}

/** 0.0123 as `1.23 %`; as many decimals as tell 0 from almost 0. */
export function percent(ratio: number): string {
  if (!Number.isFinite(ratio)) return NOTHING;
  if (ratio > 0 && ratio < 0.0001) return '< 0.01 %';
  return `${decimal(ratio * 100, 2)} %`;
}

/** Time into the run: `0:07`, `12:34`, `1:02:03`. */
export function clock(seconds: number): string {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A length of time in words: `2 min 30 s`. */
export function duration(seconds: number): string {
  const all = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(all / 3600), 'h'],
    [Math.floor(all / 60) % 60, 'min'],
    [all % 60, 's'],
  ];
  const written = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  return written.length > 0 ? written.join(' ') : '0 s';
}

/** A moment, as the clock of this machine shows it, with its distance from UTC: `2026-03-14 10:26:53 UTC+01:00`. */
export function moment(epochMs: number): string {
  const offsetMinutes = -new Date(epochMs).getTimezoneOffset();
  const local = new Date(epochMs + offsetMinutes * 60_000).toISOString();
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)} UTC${offsetMinutes === 0 ? '' : offset}`;
}

export function mebibytes(bytes: number): string {
  return decimal(bytes / 2 ** 20, 0);
}

/** `1 second`, `2 seconds`. */
export function counted(count: number, one: string, many: string): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}
