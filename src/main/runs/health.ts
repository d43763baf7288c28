import type { SecondHealth, ShardHealth } from '../../shared/stats/frame';
import { EMPTY_HISTOGRAM, mergeSparse, sparsePercentile } from '../../shared/stats/histogram';
import { LAG_P99_LIMIT_US, LOOP_LAG_P99_LIMIT_US, UTILIZATION_LIMIT } from '../../shared/stats/validity';

const EXHAUSTED = { files: 'ran out of file descriptors', ports: 'ran out of local ports' } as const;

/** What the lag of a shard's event loop says against a second, as a sentence; null when it says nothing. */
export function loopTrouble(shard: number, shardCount: number, loopLagP99Us: number): string | null {
  if (loopLagP99Us <= LOOP_LAG_P99_LIMIT_US) return null;
  return `${nameOf(shard, shardCount)} was held up: event loop lag p99 ${(loopLagP99Us / 1000).toFixed(1)} ms`;
}

/** What the rate guard's holding requests back says against a second, as a sentence; null when it held none. */
export function guardTrouble(shard: number, shardCount: number, heldBack: number): string | null {
  if (heldBack === 0) return null;
  const whose = shardCount > 1 ? ` of shard ${shard}` : '';
  return `the rate guard held back ${heldBack} ${heldBack === 1 ? 'request' : 'requests'}${whose}`;
}

function nameOf(shard: number, shardCount: number): string {
  return shardCount > 1 ? `shard ${shard}` : 'the generator';
}

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
    const who = nameOf(shard, shards.length);
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
