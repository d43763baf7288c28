/** Joins what is there of the given class names. */
export function classNames(...names: (string | false | 0 | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
