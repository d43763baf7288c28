/** What was thrown, in its own words: an error's message; of anything else the value as text. */
export function errorMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The same with where it came from, for whoever looks for a mistake of the program itself. */
export function errorTrace(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
