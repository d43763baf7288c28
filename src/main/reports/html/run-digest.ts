import type { Phase, RunSecond } from '../../../shared/stats/frame';
import type { RunData } from '../../../shared/stats/run';
import type { ReportSource } from '../report-format';
import { withoutBlocking } from '../without-blocking';
import { type ChartPoint, ChartPoints } from './chart-points';

/** Seconds in a row, `to` exclusive. */
export interface Stretch {
  from: number;
  to: number;
}

/** Seconds in a row that the generator could not keep up in. */
export interface InvalidStretch extends Stretch {
  /** Sentences, each once. */
  reasons: string[];
}

/** What the HTML report takes from a run's seconds. */
export interface RunDigest {
  windowSeconds: number;
  points: ChartPoint[];
  phases: (Stretch & { phase: Phase })[];
  invalid: InvalidStretch[];
}

/** Passes over the seconds once. */
export async function digestRun({ data, seconds }: ReportSource): Promise<RunDigest> {
  const points = new ChartPoints(runSeconds(data));
  const phases: RunDigest['phases'] = [];
  const invalid: InvalidStretch[] = [];
  for await (const second of withoutBlocking(seconds)) {
    points.add(second);
    addPhase(phases, second);
    if (!second.health.valid) addInvalid(invalid, second);
  }
  return { windowSeconds: points.windowSeconds, points: points.finish(), phases, invalid };
}

/** Length of the run in seconds of its clock; by the wall clock where seconds are missing. */
function runSeconds({ run, totals }: RunData): number {
  const lasted = run.endedAt === null ? 0 : Math.ceil((run.endedAt - run.startedAt) / 1000);
  return Math.max(totals.seconds(), lasted);
}

function addPhase(phases: RunDigest['phases'], { second, phase }: RunSecond): void {
  const last = phases.at(-1);
  if (last?.phase === phase) last.to = second + 1;
  else phases.push({ from: second, to: second + 1, phase });
}

function addInvalid(stretches: InvalidStretch[], { second, health }: RunSecond): void {
  const last = stretches.at(-1);
  if (last?.to !== second) {
    stretches.push({ from: second, to: second + 1, reasons: [...health.reasons] });
    return;
  }
  last.to = second + 1;
  for (const reason of health.reasons) if (!last.reasons.includes(reason)) last.reasons.push(reason);
}
