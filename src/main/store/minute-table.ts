import type { Database, Statement } from 'better-sqlite3';
import type { ComparedStep } from '../../shared/stats/compared-step';
import { packHistograms, unpackWanted } from './histogram-pack';

/** Raised when what a minute brings into a comparison changes: minutes of another format are summed up again from the seconds. */
const FORMAT = 1;

/** A minute but its histograms, as JSON. */
interface MinuteFigures extends Omit<ComparedStep, 'series'> {
  series: [series: number, completed: number, failed: number][];
}

/** Minutes of runs, summed up for comparisons of long ones. Never the only place where a number is. */
export class MinuteTable {
  private readonly select: Statement;
  private readonly selectKnown: Statement;
  private readonly selectBytes: Statement;
  private readonly insert: Statement;
  private readonly delete: Statement;

  constructor(db: Database) {
    const range = `WHERE run_id = ? AND minute >= ? AND minute < ? AND format = ${FORMAT}`;
    this.select = db.prepare(`SELECT minute, figures, histograms FROM run_minutes ${range} ORDER BY minute`);
    this.selectKnown = db.prepare(`SELECT minute FROM run_minutes ${range}`).pluck();
    this.selectBytes = db.prepare(`SELECT ifnull(sum(length(histograms)), 0) FROM run_minutes ${range}`).pluck();
    this.insert = db.prepare(
      'INSERT OR REPLACE INTO run_minutes (run_id, minute, format, figures, histograms) VALUES (?, ?, ?, ?, ?)',
    );
    this.delete = db.prepare('DELETE FROM run_minutes WHERE run_id = ? AND minute = ?');
  }

  write(runId: number, minute: number, step: ComparedStep): void {
    const figures: MinuteFigures = {
      ...step,
      series: step.series.map(({ series, completed, failed }) => [series, completed, failed]),
    };
    const histograms = packHistograms(step.series.map(({ latency }) => latency));
    this.insert.run(runId, minute, FORMAT, JSON.stringify(figures), histograms);
  }

  remove(runId: number, minute: number): void {
    this.delete.run(runId, minute);
  }

  /** Minutes that there are, in no order. */
  known(runId: number, from: number, to: number): Set<number> {
    return new Set(this.selectKnown.all(runId, from, to) as number[]);
  }

  /** Bytes that the histograms of minutes take here. */
  bytes(runId: number, from: number, to: number): number {
    return this.selectBytes.get(runId, from, to) as number;
  }

  /** Minutes that there are, ascending, each with the series asked for. */
  read(runId: number, from: number, to: number, isWanted: (series: number) => boolean): Map<number, ComparedStep> {
    const rows = this.select.all(runId, from, to) as { minute: number; figures: string; histograms: Buffer }[];
    return new Map(
      rows.map(({ minute, figures, histograms }) => {
        const { series, ...clock } = JSON.parse(figures) as MinuteFigures;
        const latencies = unpackWanted(histograms, (index) => isWanted(series[index]?.[0] ?? -1));
        const outcomes = series.flatMap(([number, completed, failed], index) => {
          const latency = latencies[index];
          return latency ? [{ series: number, completed, failed, latency }] : [];
        });
        return [minute, { ...clock, series: outcomes }];
      }),
    );
  }
}
