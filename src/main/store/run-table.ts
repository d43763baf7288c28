import type { Database, Statement } from 'better-sqlite3';
import type { Scenario } from '../../shared/scenario/schema';
import { listSeries, listTasks, type SeriesKey, type TaskKey } from '../../shared/scenario/series';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { Machine, RunListItem, RunOptions, RunRecord, RunStatus } from '../../shared/stats/run';
import type { RunTotals } from '../../shared/stats/totals';
import { listFigures } from './list-figures';
import { isOwnerGone } from './run-owner';
import type { NewRun, RunEnd } from './run-store';

interface RunRow {
  id: number;
  name: string;
  note: string;
  status: RunStatus;
  statusReason: string;
  degraded: number;
  baseline: number;
  scenarioHash: string;
  startedAt: number;
  endedAt: number | null;
  options: string;
  versions: string;
  machine: string;
  scenario: string;
}

interface ListRow extends Omit<RunListItem, 'degraded' | 'baseline' | 'p95Ms'> {
  degraded: number;
  baseline: number;
  p95Us: number | null;
}

interface RunningRow {
  id: number;
  hostname: string;
  pid: number;
  heartbeatAt: number;
}

/** The tables of everything about a run but its seconds. */
export class RunTable {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.statements = prepare(db);
  }

  /** To be called within a transaction. Returns the new run's id, which no other run ever had. */
  create(run: NewRun, now: number): number {
    const { owner, options, scenario } = run;
    const { lastInsertRowid } = this.statements.insertRun.run(
      run.name,
      scenario.name,
      run.scenarioHash,
      options.host,
      Math.round(run.startedAt),
      owner.hostname,
      owner.pid,
      now,
      options.nodes,
    );
    const id = Number(lastInsertRowid);
    this.statements.insertDetails.run(
      id,
      JSON.stringify(options),
      JSON.stringify(run.versions),
      JSON.stringify(run.machine),
      JSON.stringify(scenario),
    );
    listSeries(scenario).forEach(({ method, name }, series) => {
      this.statements.insertSeries.run(id, series, method, name);
    });
    listTasks(scenario).forEach(({ nodeType, task, weight }, index) => {
      this.statements.insertTask.run(id, index, nodeType, task, weight);
    });
    return id;
  }

  /** Number of the last second stored; -1 when there is none yet, null when there is no such run. */
  lastSecond(runId: number): number | null {
    const last = this.statements.lastSecond.get(runId) as number | undefined;
    return last ?? null;
  }

  /** epoch ms, of a run that there is. */
  startedAt(runId: number): number {
    return this.statements.startedAt.get(runId) as number;
  }

  /**
   * Notes that a second was stored, with the figures of the run's line in the history. Whoever sends a second is alive:
   * a run that had been taken for interrupted is running again.
   */
  noteSecond(runId: number, second: RunSecond, totals: RunTotals, now: number): void {
    const figures = listFigures(totals);
    this.statements.noteSecond.run({
      runId,
      now,
      second: second.second,
      durationSeconds: second.second + second.lengthSeconds,
      plannedNodes: second.plannedNodes,
      ...figures,
    });
  }

  /** Replaces what was stored with the same second (null: with the end of the run). */
  writeEvents(runId: number, second: number | null, events: readonly RunEvent[]): void {
    this.statements.deleteEvents.run(runId, second);
    for (const { atMs, kind, text } of events) this.statements.insertEvent.run(runId, second, atMs, kind, text);
  }

  finish(runId: number, end: RunEnd): void {
    this.statements.finish.run(end.status, end.statusReason, end.degraded ? 1 : 0, Math.round(end.endedAt), runId);
  }

  /**
   * Runs that read `running` though their process is gone become `interrupted`; they ended with their last second. `alive`: runs that are
   * known to be on, whatever the clock says.
   */
  markInterrupted(now: number, alive: ReadonlySet<number>): void {
    const running = this.statements.running.all() as RunningRow[];
    const lost = running.filter((owner) => !alive.has(owner.id) && isOwnerGone(owner, now));
    for (const { id, hostname, pid, heartbeatAt } of lost) {
      const reason = `The process that conducted the run (${pid} on ${hostname}) is gone.`;
      // Only if nothing was heard of it since.
      this.statements.interrupt.run(reason, id, heartbeatAt);
    }
  }

  record(runId: number): RunRecord | null {
    const row = this.statements.record.get(runId) as RunRow | undefined;
    if (!row) return null;
    return {
      id: row.id,
      name: row.name,
      note: row.note,
      status: row.status,
      degraded: row.degraded === 1,
      statusReason: row.statusReason,
      baseline: row.baseline === 1,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      scenario: JSON.parse(row.scenario) as Scenario,
      scenarioHash: row.scenarioHash,
      options: JSON.parse(row.options) as RunOptions,
      versions: JSON.parse(row.versions) as RunRecord['versions'],
      machine: JSON.parse(row.machine) as Machine,
    };
  }

  series(runId: number): SeriesKey[] {
    return this.statements.series.all(runId) as SeriesKey[];
  }

  tasks(runId: number): TaskKey[] {
    return this.statements.tasks.all(runId) as TaskKey[];
  }

  events(runId: number): RunEvent[] {
    return this.statements.events.all(runId) as RunEvent[];
  }

  /** Newest first. */
  list(): RunListItem[] {
    return (this.statements.list.all() as ListRow[]).map(({ p95Us, ...row }) => ({
      ...row,
      degraded: row.degraded === 1,
      baseline: row.baseline === 1,
      p95Ms: p95Us === null ? null : p95Us / 1000,
    }));
  }

  lastId(): number | null {
    return this.statements.lastId.get() as number | null;
  }

  /** To be called within a transaction. The baseline of a scenario is one run: naming it takes the place from another. */
  update(runId: number, { name, note, baseline }: { name?: string; note?: string; baseline?: boolean }): void {
    if (baseline) this.statements.clearBaseline.run(runId);
    this.statements.update.run(name ?? null, note ?? null, baseline === undefined ? null : Number(baseline), runId);
  }

  /** Deletes the run with all that belongs to it. */
  delete(runId: number): void {
    this.statements.delete.run(runId);
  }
}

function prepare(db: Database) {
  const statements = {
    insertRun: db.prepare(`
      INSERT INTO runs (name, status, scenario_name, scenario_hash, host, started_at, owner_hostname, owner_pid, heartbeat_at, nodes)
      VALUES (?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)`),
    insertDetails: db.prepare('INSERT INTO run_details (run_id, options, versions, machine, scenario) VALUES (?, ?, ?, ?, ?)'),
    insertSeries: db.prepare('INSERT INTO series (run_id, series, method, name) VALUES (?, ?, ?, ?)'),
    insertTask: db.prepare('INSERT INTO tasks (run_id, task, node_type, name, weight) VALUES (?, ?, ?, ?, ?)'),
    insertEvent: db.prepare('INSERT INTO events (run_id, second, at_ms, kind, text) VALUES (?, ?, ?, ?, ?)'),
    deleteEvents: db.prepare('DELETE FROM events WHERE run_id = ? AND second IS ?'),
    lastSecond: db.prepare('SELECT ifnull(last_second, -1) FROM runs WHERE id = ?').pluck(),
    startedAt: db.prepare('SELECT started_at FROM runs WHERE id = ?').pluck(),
    noteSecond: db.prepare(`
      UPDATE runs SET
        heartbeat_at = $now,
        duration_seconds = CASE WHEN $second >= ifnull(last_second, -1) THEN $durationSeconds ELSE duration_seconds END,
        last_second = max(ifnull(last_second, -1), $second),
        nodes = max(nodes, $plannedNodes),
        requests = $requests,
        failures = $failures,
        requests_per_second = $requestsPerSecond,
        p95_us = $p95Us,
        invalid_seconds = $invalidSeconds,
        status_reason = CASE WHEN status = 'interrupted' THEN '' ELSE status_reason END,
        ended_at = CASE WHEN status = 'interrupted' THEN NULL ELSE ended_at END,
        status = CASE WHEN status = 'interrupted' THEN 'running' ELSE status END
      WHERE id = $runId`),
    finish: db.prepare('UPDATE runs SET status = ?, status_reason = ?, degraded = ?, ended_at = ? WHERE id = ?'),
    running: db.prepare(`
      SELECT id, owner_hostname AS hostname, owner_pid AS pid, heartbeat_at AS heartbeatAt FROM runs WHERE status = 'running'`),
    interrupt: db.prepare(`
      UPDATE runs SET status = 'interrupted', status_reason = ?, ended_at = started_at + CAST(duration_seconds * 1000 AS INTEGER)
      WHERE id = ? AND status = 'running' AND heartbeat_at = ?`),
    record: db.prepare(`
      SELECT id, name, note, status, status_reason AS statusReason, degraded, baseline, scenario_hash AS scenarioHash,
        started_at AS startedAt, ended_at AS endedAt, options, versions, machine, scenario
      FROM runs JOIN run_details ON run_id = id WHERE id = ?`),
    series: db.prepare('SELECT method, name FROM series WHERE run_id = ? ORDER BY series'),
    tasks: db.prepare('SELECT node_type AS nodeType, name AS task, weight FROM tasks WHERE run_id = ? ORDER BY tasks.task'),
    events: db.prepare('SELECT at_ms AS atMs, kind, text FROM events WHERE run_id = ? ORDER BY at_ms, id'),
    list: db.prepare(`
      SELECT id, name, note, status, degraded, baseline, scenario_name AS scenarioName, scenario_hash AS scenarioHash, host,
        started_at AS startedAt, ended_at AS endedAt, duration_seconds AS durationSeconds, nodes, requests, failures,
        requests_per_second AS requestsPerSecond, p95_us AS p95Us, invalid_seconds AS invalidSeconds
      FROM runs ORDER BY id DESC`),
    lastId: db.prepare('SELECT max(id) FROM runs').pluck(),
    clearBaseline: db.prepare(`
      UPDATE runs SET baseline = 0
      WHERE baseline = 1 AND scenario_name = (SELECT scenario_name FROM runs WHERE id = ?)`),
    update: db.prepare(
      'UPDATE runs SET name = ifnull(?, name), note = ifnull(?, note), baseline = ifnull(?, baseline) WHERE id = ?',
    ),
    delete: db.prepare('DELETE FROM runs WHERE id = ?'),
  };
  return statements satisfies Record<string, Statement>;
}
