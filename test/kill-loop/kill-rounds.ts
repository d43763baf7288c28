import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDatabaseFile } from '../../src/main/store/locations';
import { prepareStandIn } from '../support/electron-stand-in/driver/launch';
import { seededRandom } from '../support/recorded-run';
import { HOSTS, type HostKind, killRound, type Lane, type RoundPlan, type RoundResult } from './kill-round';

/** What the folders of this process's loops begin with. */
export const FOLDER_PREFIX = join(tmpdir(), `nodeswarm-kill-${process.pid}-`);
const VICTIMS = ['main', 'store', 'shard'] as const;

/** Latest moments of a kill, ms. The run lasts 2 s, starting takes 1 s on a machine that has nothing else to do. */
const AFTER_START_MS = 1500;
const AFTER_FIRST_REQUEST_MS = 2600;

/** Every host and victim in turn, at moments that the seed decides. */
export function planRounds(times: number, seed: number, hosts: readonly HostKind[] = HOSTS): RoundPlan[] {
  const random = seededRandom(seed);
  return Array.from({ length: times }, (_, round) => {
    const isEarly = random() < 0.3;
    return {
      host: hosts[round % hosts.length] as HostKind,
      victim: VICTIMS[Math.floor(round / hosts.length) % VICTIMS.length] as RoundPlan['victim'],
      from: isEarly ? 'start' : 'first request',
      delayMs: Math.round(random() * (isEarly ? AFTER_START_MS : AFTER_FIRST_REQUEST_MS)),
    };
  });
}

/** Carries rounds out, `lanes` at a time, each lane with a history of its own that all its rounds share. */
export async function killRounds(
  plans: readonly RoundPlan[],
  lanes: number,
  tell: (result: RoundResult, round: number) => void = () => {},
): Promise<RoundResult[]> {
  const folder = mkdtempSync(FOLDER_PREFIX);
  const programs = await prepareStandIn();
  const results: RoundResult[] = [];
  let next = 0;
  const carryOut = async () => {
    const laneFolder = mkdtempSync(join(folder, 'lane-'));
    const lane: Lane = {
      folder: laneFolder,
      // Where the desktop app looks for it.
      file: defaultDatabaseFile({ NODESWARM_DATA: laneFolder }),
      known: new Map(),
      rounds: 0,
      programs,
    };
    for (let plan = plans[next++]; plan; plan = plans[next++]) {
      const result = await killRound(lane, plan);
      results.push(result);
      tell(result, results.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, carryOut));
  } finally {
    programs.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return results;
}
