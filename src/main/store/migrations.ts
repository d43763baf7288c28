import type { Database } from 'better-sqlite3';

/** "nswm": marks a SQLite file as this program's (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x6e73776d;

/** One step of the database's layout. A step that has been released is never changed: a later one builds upon it. */
interface Migration {
  version: number;
  sql: string;
}

/** In order; the number of each is the `PRAGMA user_version` it leaves behind. */
const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    // A run's row changes every second, its details never. A second is spread over narrow tables for charts, with its histograms apart, so that a chart never pages through them.
    sql: `
      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'stopped', 'interrupted', 'failed')),
        status_reason TEXT NOT NULL DEFAULT '',
        degraded INTEGER NOT NULL DEFAULT 0,
        baseline INTEGER NOT NULL DEFAULT 0,
        scenario_name TEXT NOT NULL,
        scenario_hash TEXT NOT NULL,
        host TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        owner_hostname TEXT NOT NULL,
        owner_pid INTEGER NOT NULL,
        heartbeat_at INTEGER NOT NULL,
        last_second INTEGER,
        duration_seconds REAL NOT NULL DEFAULT 0,
        nodes INTEGER NOT NULL,
        requests INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        requests_per_second REAL NOT NULL DEFAULT 0,
        p95_us INTEGER,
        invalid_seconds INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX runs_running ON runs (id) WHERE status = 'running';
      CREATE UNIQUE INDEX runs_baseline ON runs (scenario_name) WHERE baseline = 1;

      CREATE TABLE run_details (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        options TEXT NOT NULL,
        versions TEXT NOT NULL,
        machine TEXT NOT NULL,
        scenario TEXT NOT NULL
      ) STRICT;

      CREATE TABLE series (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        series INTEGER NOT NULL,
        method TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (run_id, series)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE tasks (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        task INTEGER NOT NULL,
        node_type TEXT NOT NULL,
        name TEXT NOT NULL,
        weight REAL NOT NULL,
        PRIMARY KEY (run_id, task)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE seconds (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        second INTEGER NOT NULL,
        length_seconds REAL NOT NULL,
        phase TEXT NOT NULL CHECK (phase IN ('ramp', 'steady', 'cooldown')),
        nodes INTEGER NOT NULL,
        planned_nodes INTEGER NOT NULL,
        valid INTEGER NOT NULL,
        reasons TEXT,
        utilization_mean REAL NOT NULL,
        utilization_max REAL NOT NULL,
        requests INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        p50_us INTEGER,
        p90_us INTEGER,
        p95_us INTEGER,
        p99_us INTEGER,
        max_us INTEGER,
        PRIMARY KEY (run_id, second)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE series_seconds (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        series INTEGER NOT NULL,
        phase TEXT NOT NULL CHECK (phase IN ('ramp', 'steady', 'cooldown')),
        started INTEGER NOT NULL,
        completed INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        aborted INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        resent INTEGER NOT NULL,
        body_bytes INTEGER NOT NULL,
        p50_us INTEGER,
        p90_us INTEGER,
        p95_us INTEGER,
        p99_us INTEGER,
        max_us INTEGER,
        PRIMARY KEY (run_id, second, series, phase),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE second_histograms (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        histograms BLOB NOT NULL,
        PRIMARY KEY (run_id, second),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT;

      CREATE TABLE task_seconds (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        task INTEGER NOT NULL,
        executed INTEGER NOT NULL,
        PRIMARY KEY (run_id, second, task),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE shard_seconds (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        shard INTEGER NOT NULL,
        utilization REAL NOT NULL,
        loop_delay_max_ms REAL NOT NULL,
        cpu_ms REAL NOT NULL,
        gc_pause_ms REAL NOT NULL,
        rss_bytes INTEGER NOT NULL,
        open_sockets INTEGER NOT NULL,
        exhausted TEXT,
        PRIMARY KEY (run_id, second, shard),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE failures (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        series INTEGER NOT NULL,
        error TEXT NOT NULL,
        occurrences INTEGER NOT NULL,
        first_ms REAL NOT NULL,
        last_ms REAL NOT NULL,
        PRIMARY KEY (run_id, second, series, error),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE failure_samples (
        run_id INTEGER NOT NULL,
        series INTEGER NOT NULL,
        error TEXT NOT NULL,
        second INTEGER NOT NULL,
        position INTEGER NOT NULL,
        sample TEXT NOT NULL,
        PRIMARY KEY (run_id, series, error, second, position),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX failure_samples_second ON failure_samples (run_id, second);

      CREATE TABLE exceptions (
        run_id INTEGER NOT NULL,
        second INTEGER NOT NULL,
        node_type TEXT NOT NULL,
        task TEXT NOT NULL,
        step INTEGER NOT NULL,
        message TEXT NOT NULL,
        count INTEGER NOT NULL,
        first_ms REAL NOT NULL,
        last_ms REAL NOT NULL,
        nodes TEXT NOT NULL,
        PRIMARY KEY (run_id, second, node_type, task, step, message),
        FOREIGN KEY (run_id, second) REFERENCES seconds (run_id, second) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        second INTEGER,
        at_ms REAL NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL
      ) STRICT;
      CREATE INDEX events_run ON events (run_id, second);

      CREATE TABLE run_totals (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        figures TEXT NOT NULL,
        histograms BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    version: 2,
    // What a time chart and the heat map of a long run are drawn from without a look at its histograms. NULL in seconds of layout 1.
    sql: `
      ALTER TABLE seconds ADD COLUMN lag_p99_us INTEGER;
      ALTER TABLE seconds ADD COLUMN heat TEXT;
    `,
  },
  {
    version: 3,
    // What a run has to say in a comparison, so that a comparison of whole runs reads no histogram.
    sql: `
      CREATE TABLE run_samples (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        sample TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    version: 4,
    // Minutes of a run summed up, so that a comparison of long ones reads a sixtieth of their histograms.
    sql: `
      CREATE TABLE run_minutes (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        minute INTEGER NOT NULL,
        format INTEGER NOT NULL,
        figures TEXT NOT NULL,
        histograms BLOB NOT NULL,
        PRIMARY KEY (run_id, minute)
      ) STRICT;
    `,
  },
];

/** The version that this program writes. */
export const LATEST_VERSION = MIGRATIONS.length;

/** The layout version of a database; 0 for an empty one. */
export function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Brings a database up to date (or to `target`, for fixtures of earlier versions), each step in a transaction of its own. */
export function migrate(db: Database, target = LATEST_VERSION): void {
  for (const { version, sql } of MIGRATIONS.slice(0, target)) {
    db.transaction(() => {
      // Asked within the transaction: another process may just have done this step.
      if (versionOf(db) >= version) return;
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
