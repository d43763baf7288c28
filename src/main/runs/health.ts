import type { SecondHealth, ShardHealth } from '../../shared/stats/frame';
import { EMPTY_HISTOGRAM, mergeSparse, sparsePercentile } from '../../shared/stats/histogram';

/** Above these, a second is generator-limited (docs/statistics.md, validity). */
export const LAG_P99_LIMIT_US = 10_000;
export const UTILIZATION_LIMIT = 0.85;

const EXHAUSTED = { files: 'ran out of file descriptors', ports: 'ran out of local ports' } as const;

/**
 * Judges whether a second's numbers can be trusted: a tool must not blame a backend for its own slowness. `troubles` are further reasons
 * why not, as sentences.
 */
export function judgeSecond(
  shards: readonly { shard: number; health: ShardHealth }[],
  troubles: readonly string[],
): SecondHealth {
  const reasons = [...troubles];
  let scheduleLag = EMPTY_HISTOGRAM;
  let utilizationSum = 0;
  let utilizationMax = 0;
  for (const { shard, health } of shards) {
    const who = shards.length > 1 ? `shard ${shard}` : 'the generator';
    const lagP99Us = sparsePercentile(health.scheduleLag, 99);
    if (lagP99Us > LAG_P99_LIMIT_US) reasons.push(`${who} sent late: schedule lag p99 ${(lagP99Us / 1000).toFixed(1)} ms`);
    if (health.eventLoopUtilization > UTILIZATION_LIMIT) {
      reasons.push(`${who} was busy: event loop ${Math.round(health.eventLoopUtilization * 100)} %`);
    }
    if (health.exhausted) reasons.push(`${who} ${EXHAUSTED[health.exhausted]}`);
    scheduleLag = mergeSparse(scheduleLag, health.scheduleLag);
    utilizationSum += health.eventLoopUtilization;
    utilizationMax = Math.max(utilizationMax, health.eventLoopUtilization);
  }
  return {
    valid: reasons.length === 0,
    reasons,
    scheduleLag,
    eventLoopUtilizationMean: shards.length === 0 ? 0 : utilizationSum / shards.length,
    eventLoopUtilizationMax: utilizationMax,
  };
}
