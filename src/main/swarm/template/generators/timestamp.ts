import type { GeneratorCompiler } from './compiled-generator';

/** The wall clock at the moment of the draw, plus an offset: ISO 8601 in UTC with milliseconds, or whole epoch milliseconds or seconds. */
export const compileTimestamp: GeneratorCompiler<'timestamp'> = ({ format, offsetSeconds }) => {
  const offsetMs = offsetSeconds * 1000;
  if (format === 'epochMs') return () => Math.floor(Date.now() + offsetMs);
  if (format === 'epochSeconds') return () => Math.floor((Date.now() + offsetMs) / 1000);
  // Many nodes draw within one millisecond: they share the text.
  let cachedMs = Number.NaN;
  let cachedText = '';
  return () => {
    const ms = Math.floor(Date.now() + offsetMs);
    if (ms !== cachedMs) {
      cachedText = new Date(ms).toISOString();
      cachedMs = ms;
    }
    return cachedText;
  };
};
