import type { Database, Statement } from 'better-sqlite3';
import { SPARK_POINTS, type SparkLines } from './run-store';

interface Stretch {
  stretch: number;
  requestsPerSecond: number | null;
  p95Us: number | null;
}

/** Reads the small lines of the history's rows; those of runs that have ended are kept in memory, because they stay as they are. */
export class SparkQuery {
  private readonly run: Statement;
  private readonly stretches: Statement;
  private readonly known = new Map<number, SparkLines>();

  constructor(db: Database) {
    this.run = db.prepare('SELECT status, ifnull(last_second, -1) AS lastSecond FROM runs WHERE id = ?');
    // The part of a second that a run ends with has no rate of its own (see `chartRate`).
    this.stretches = db.prepare(`
      SELECT CAST(second * $points / $seconds AS INTEGER) AS stretch, sum(requests) FILTER (WHERE length_seconds >= 1) / sum(length_seconds) FILTER (WHERE length_seconds >= 1) AS requestsPerSecond, max(p95_us) AS p95Us
      FROM seconds WHERE run_id = $runId GROUP BY stretch ORDER BY stretch`);
  }

  read(runIds: readonly number[]): SparkLines[] {
    return runIds.flatMap((runId) => {
      const run = this.run.get(runId) as { status: string; lastSecond: number } | undefined;
      if (!run) {
        this.known.delete(runId);
        return [];
      }
      // One that is on grows; one that was taken for interrupted may yet go on.
      const isLasting = run.status !== 'running' && run.status !== 'interrupted';
      const lines = (isLasting && this.known.get(runId)) || this.linesOf(runId, run.lastSecond + 1);
      if (isLasting) this.known.set(runId, lines);
      return [lines];
    });
  }

  private linesOf(runId: number, seconds: number): SparkLines {
    const points = Math.min(SPARK_POINTS, seconds);
    const lines: SparkLines = {
      runId,
      requestsPerSecond: Array.from({ length: points }, () => null),
      p95: Array.from({ length: points }, () => null),
    };
    if (points === 0) return lines;
    for (const { stretch, requestsPerSecond, p95Us } of this.stretches.all({ runId, points, seconds }) as Stretch[]) {
      lines.requestsPerSecond[stretch] = requestsPerSecond;
      lines.p95[stretch] = p95Us === null ? null : p95Us / 1000;
    }
    return lines;
  }
}
