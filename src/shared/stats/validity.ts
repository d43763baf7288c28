/** Limited seconds whose reasons are shown, the newest: each has its own figures in words, and in a run that is at its limit all have. */
export const MAX_REASONS = 300;

/** Above these, a second is generator-limited (docs/statistics.md, validity). */
export const LAG_P99_LIMIT_US = 10_000;
export const LOOP_LAG_P99_LIMIT_US = 10_000;
/** 0 to 1 */
export const UTILIZATION_LIMIT = 0.85;
