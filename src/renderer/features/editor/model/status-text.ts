/** Statuses that are offered while one types. */
export const COMMON_STATUSES = [
  '2xx',
  '3xx',
  '4xx',
  '5xx',
  '200',
  '201',
  '202',
  '204',
  '301',
  '302',
  '304',
  '400',
  '401',
  '403',
  '404',
  '409',
  '429',
  '500',
  '503',
];

/** An expected status as the document holds it: a number for a status, a text for a class or range (and for what is neither: the parser says so). */
export function statusOf(text: string): number | string {
  const trimmed = text.trim().toLowerCase();
  return /^\d{3}$/.test(trimmed) ? Number(trimmed) : trimmed.replace(/\s*[-–]\s*/, '-');
}

/** The statuses in a text with commas or spaces between them. */
export function statusesOf(text: string): (number | string)[] {
  return text
    .replace(/\s*[-–]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(statusOf);
}
