import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import { errorMessage } from '../../src/shared/text/error-text';
import type { StandInPrograms } from '../support/electron-stand-in/driver/launch';
import { until } from '../support/until';
import { DesktopHost } from './desktop-host';
import { DrivenHost } from './driven-host';
import { describeProcesses, MARK_VARIABLE, type MarkedProcess, markedProcesses, type Role } from './marked-processes';
import type { HostEnd, HostSetup, RoundHost } from './round-host';
import { type Committed, committedNow, readNewest, type StoredRun } from './watched-history';

export const HOSTS = ['run', 'serve', 'desktop'] as const;
export type HostKind = (typeof HOSTS)[number];

/** What is killed, and when. */
export interface RoundPlan {
  host: HostKind;
  victim: Role;
  /** The delay counts from here. */
  from: 'start' | 'first request';
  delayMs: number;
}

/** What a lane of rounds has in common: a history that grows, and what is known of it. */
export interface Lane {
  /** Of the data, the history among it. */
  folder: string;
  file: string;
  /** Each run's line in the history as it was after its round. */
  known: Map<number, string>;
  rounds: number;
  programs: StandInPrograms;
}

export interface RoundResult {
  plan: RoundPlan;
  /** In words: `interrupted`, `finished`, `degraded`, … */
  outcome: string;
  /** What is not as it must be; empty when all is well. */
  problems: string[];
}

const RUN_SECONDS = 2;
/** For a start, and for an end, on a machine that has much else to do. */
const LIMIT_MS = 180_000;
const NOT_BEGUN = /history ended unexpectedly|history keeps ending|could not be started/;

/** One run during which one process is killed with SIGKILL, and what must hold afterwards. */
export async function killRound(lane: Lane, plan: RoundPlan): Promise<RoundResult> {
  const problems: string[] = [];
  // With an end, so that the first round's is not the beginning of the tenth's.
  const mark = join(lane.folder, `round-${++lane.rounds}`, '/');
  mkdirSync(mark);
  const backend = await DemoBackend.start();
  const before = newestKnown(lane);
  const env = { [MARK_VARIABLE]: mark, NODESWARM_DATA: lane.folder };
  const setup: HostSetup = { env, file: lane.file, scenario: writeScenario(lane.folder, backend.url) };
  let outcome = 'not judged';
  try {
    const host: RoundHost =
      plan.host === 'desktop' ? await DesktopHost.start(lane.programs, setup) : new DrivenHost(plan.host, setup);
    let over = false;
    void host.ended.then(() => {
      over = true;
    });
    if (plan.from === 'first request') {
      await until(() => over || backend.stats.requests > 0, LIMIT_MS / 1000).catch(() =>
        problems.push(`no request within 3 minutes: ${host.told}${describeProcesses(mark)}`),
      );
    }
    await sleep(plan.delayMs);
    const { victim, committed } = await kill(mark, plan.victim, lane.file, () => over);
    const end = await withLimit(host.ended, () => problems.push('it did not end within 3 minutes'));
    await until(() => markedProcesses(mark).length === 0, LIMIT_MS / 1000).catch(() => {
      const left = markedProcesses(mark);
      problems.push(`left behind: ${left.map(({ pid, role }) => `${role} ${pid}`).join(', ')}`);
    });
    const newest = await readNewest(lane.file, lane.known);
    const stored = newest && newest.run.id > before ? newest : null;
    const seen = committed && committed.runId > before ? committed : null;
    if (seen && !stored) problems.push(`run ${seen.runId} was stored and is not there any more`);
    if (seen && stored && stored.seconds <= seen.lastSecond) {
      problems.push(`second ${seen.lastSecond} was stored, and there are only ${stored.seconds} now`);
    }
    if (end) outcome = judge({ plan, victim, end, stored, seen, answered: backend.stats.requests }, problems);
  } catch (error) {
    problems.push(errorMessage(error));
  } finally {
    for (const { pid } of markedProcesses(mark)) killQuietly(pid);
    await backend.stop();
  }
  return { plan, outcome, problems };
}

interface Evidence {
  plan: RoundPlan;
  victim: MarkedProcess | null;
  end: HostEnd;
  stored: StoredRun | null;
  seen: Committed | null;
  /** Requests that the backend received. */
  answered: number;
}

/** What became of the run, in words; adds what is not as it must be. */
function judge({ plan, victim, end, stored, seen, answered }: Evidence, problems: string[]): string {
  const { code, signal, said } = end;
  const wrong = (what: string) => problems.push(`${what} (exit ${code ?? signal}; ${said.trim() || 'nothing said'})`);
  if (said.includes('    at ')) wrong('a stack trace was shown to the user');
  if (!victim) {
    // Nothing was killed, so nothing may have gone wrong.
    if (code !== 0) wrong('a run to which nothing was done must end with code 0');
    if (stored?.run.status !== 'finished') wrong('a run to which nothing was done must be stored as finished');
    return 'over before the kill';
  }
  if (plan.victim === 'main') {
    if (!stored) return 'killed before the run was stored';
    const { status, statusReason } = stored.run;
    const isInterrupted =
      status === 'interrupted' && /^The process that conducted the run \(\d+ on .+\) is gone\.$/.test(statusReason);
    if (seen?.status === 'finished' ? status !== 'finished' : !isInterrupted && status !== 'finished')
      wrong(`status ${status}: ${statusReason}`);
    return status;
  }
  const notBegun = NOT_BEGUN.test(said) && (plan.host !== 'run' || code === 3);
  if (notBegun && stored?.run.status !== 'finished') {
    if (stored && stored.run.status !== 'interrupted') wrong(`status ${stored.run.status} of a run that was refused`);
    if (answered > 0) wrong(`${answered} requests were sent by a run that was refused`);
    return 'refused with a sentence, nothing sent';
  }
  if (!stored) {
    wrong('the run is not stored');
    return 'lost';
  }
  const { status, statusReason, degraded } = stored.run;
  if (status !== 'finished') wrong(`status ${status}: ${statusReason}`);
  if (stored.seconds < RUN_SECONDS) wrong(`only ${stored.seconds} seconds are stored`);
  if (degraded) {
    if (plan.victim !== 'shard' || !/^shard \d was lost at /.test(statusReason)) wrong(`degraded: ${statusReason}`);
    if (plan.host === 'run' && code !== 1) wrong('a degraded run must end with code 1');
    return 'finished, degraded';
  }
  if (statusReason !== '') wrong(`the reason reads: ${statusReason}`);
  if (code !== 0) wrong('a whole run must end with code 0');
  if (stored.started !== answered) wrong(`the backend had ${answered} requests, the history has ${stored.started}`);
  return 'finished, whole';
}

/** Waits for a process of that role and kills it; notes right before what others saw committed. */
async function kill(
  mark: string,
  role: Role,
  file: string,
  isOver: () => boolean,
): Promise<{ victim: MarkedProcess | null; committed: Committed | null }> {
  for (;;) {
    const victim = markedProcesses(mark).find((candidate) => candidate.role === role) ?? null;
    if (!victim && !isOver()) {
      await sleep(20);
      continue;
    }
    const committed = committedNow(file);
    if (victim) killQuietly(victim.pid);
    return { victim, committed };
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

function newestKnown(lane: Lane): number {
  return Math.max(0, ...lane.known.keys());
}

function writeScenario(folder: string, baseUrl: string): { path: string; text: string } {
  const text = JSON.stringify({
    nodeswarm: 1,
    name: 'killed',
    target: { baseUrl },
    load: { nodes: 6, spawnRate: 60, durationSeconds: RUN_SECONDS },
    nodeTypes: [
      {
        name: 'Sensor',
        wait: { kind: 'pacing', seconds: 0.1 },
        tasks: [{ name: 'greet', steps: [{ request: { path: '/greet/1' } }] }],
      },
    ],
  });
  const path = join(folder, 'killed.nodeswarm.json');
  writeFileSync(path, text);
  return { path, text };
}

async function withLimit(ended: Promise<HostEnd>, late: () => void): Promise<HostEnd | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LIMIT_MS);
  });
  const end = await Promise.race([ended, limit]);
  clearTimeout(timer);
  if (!end) late();
  return end;
}
