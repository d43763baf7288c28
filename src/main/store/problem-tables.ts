import type { Database, Statement } from 'better-sqlite3';
import { ExceptionLedger, FailureLedger, MAX_FAILURE_SAMPLES } from '../../shared/stats/failures';
import type { ExceptionGroup, FailureGroup, FailureSample, RunSecond } from '../../shared/stats/frame';

type FailureRow = Omit<FailureGroup, 'samples'> & { second: number };
type SampleRow = Pick<FailureGroup, 'series' | 'error'> & { second: number; sample: string };
type ExceptionRow = Omit<ExceptionGroup, 'nodes'> & { second: number; nodes: string };

/** Failures and exceptions, by group. */
export interface Problems {
  failures: FailureGroup[];
  exceptions: ExceptionGroup[];
}

/** The tables of failures, their samples and exceptions, by second. */
export class ProblemTables {
  private readonly insertFailure: Statement;
  private readonly insertSample: Statement;
  private readonly insertException: Statement;
  private readonly countEarlierSamples: Statement;
  private readonly selectFailures: Statement;
  private readonly selectSamples: Statement;
  private readonly selectExceptions: Statement;
  private readonly selectFirstSamples: Statement;

  constructor(db: Database) {
    this.insertFailure = db.prepare(`
      INSERT INTO failures (run_id, second, series, error, occurrences, first_ms, last_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.insertSample = db.prepare(`
      INSERT INTO failure_samples (run_id, second, series, error, position, sample) VALUES (?, ?, ?, ?, ?, ?)`);
    this.insertException = db.prepare(`
      INSERT INTO exceptions (run_id, second, node_type, task, step, message, count, first_ms, last_ms, nodes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.countEarlierSamples = db
      .prepare('SELECT count(*) FROM failure_samples WHERE run_id = ? AND series = ? AND error = ? AND second < ?')
      .pluck();
    const range = 'WHERE run_id = ? AND second >= ? AND second < ?';
    this.selectFailures = db.prepare(`
      SELECT second, series, error, occurrences, first_ms AS firstMs, last_ms AS lastMs
      FROM failures ${range} ORDER BY second, first_ms, series, error`);
    this.selectSamples = db.prepare(`
      SELECT second, series, error, sample FROM failure_samples ${range} ORDER BY second, position`);
    this.selectFirstSamples = db
      .prepare(`
      SELECT sample FROM failure_samples WHERE run_id = ? AND series = ? AND error = ? ORDER BY second, position LIMIT ${MAX_FAILURE_SAMPLES}`)
      .pluck();
    this.selectExceptions = db.prepare(`
      SELECT second, message, node_type AS nodeType, task, step, count, first_ms AS firstMs, last_ms AS lastMs, nodes
      FROM exceptions ${range} ORDER BY second, first_ms, node_type, task, step, message`);
  }

  /** Of a failure's samples those are kept that are among the run's first `MAX_FAILURE_SAMPLES`. */
  write(runId: number, { second, failures, exceptions }: RunSecond): void {
    for (const { series, error, occurrences, firstMs, lastMs, samples } of failures) {
      this.insertFailure.run(runId, second, series, error, occurrences, firstMs, lastMs);
      if (samples.length === 0) continue;
      const wanted = MAX_FAILURE_SAMPLES - (this.countEarlierSamples.get(runId, series, error, second) as number);
      samples.slice(0, Math.max(0, wanted)).forEach((sample, position) => {
        this.insertSample.run(runId, second, series, error, position, JSON.stringify(sample));
      });
    }
    for (const { message, nodeType, task, step, count, firstMs, lastMs, nodes } of exceptions) {
      this.insertException.run(runId, second, nodeType, task, step, message, count, firstMs, lastMs, JSON.stringify(nodes));
    }
  }

  /** The samples that are kept of a failure of a run, its first ones. */
  samples(runId: number, { series, error }: Pick<FailureGroup, 'series' | 'error'>): FailureSample[] {
    return (this.selectFirstSamples.all(runId, series, error) as string[]).map((sample) => JSON.parse(sample) as FailureSample);
  }

  /** Each second's own, `to` exclusive. */
  read(runId: number, from: number, to: number): Map<number, Problems> {
    const problems = new Map<number, Problems>();
    const of = (second: number): Problems => {
      const known = problems.get(second);
      if (known) return known;
      const none = { failures: [], exceptions: [] };
      problems.set(second, none);
      return none;
    };
    for (const { second, ...failure } of this.selectFailures.all(runId, from, to) as FailureRow[]) {
      of(second).failures.push({ ...failure, samples: [] });
    }
    for (const { second, series, error, sample } of this.selectSamples.all(runId, from, to) as SampleRow[]) {
      const group = of(second).failures.find((failure) => failure.series === series && failure.error === error);
      group?.samples.push(JSON.parse(sample) as FailureSample);
    }
    for (const { second, ...exception } of this.selectExceptions.all(runId, from, to) as ExceptionRow[]) {
      of(second).exceptions.push({ ...exception, nodes: JSON.parse(exception.nodes) as number[] });
    }
    return problems;
  }

  /** Those of these seconds (the whole run, unless told; `to` exclusive), added up. */
  sumUp(runId: number, from = 0, to = Number.MAX_SAFE_INTEGER): Problems {
    const failures = new FailureLedger();
    const exceptions = new ExceptionLedger();
    const bySecond = [...this.read(runId, from, to)].sort(([a], [b]) => a - b);
    for (const [, problems] of bySecond) {
      failures.add(problems.failures);
      exceptions.add(problems.exceptions);
    }
    return { failures: failures.list(), exceptions: exceptions.list() };
  }
}
