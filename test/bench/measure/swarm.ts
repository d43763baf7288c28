import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { bundleEntry } from '../../support/bundle-entry';
import { runProgram } from './program';
import type { SwarmJob, SwarmOutcome } from './swarm-outcome';

/** How a run of ours is carried out. */
export interface SwarmOptions {
  shards?: number;
  cores: readonly number[];
  watchMemory?: boolean;
}

/** Ours: carries out runs, each in processes of its own. */
export class Swarm {
  private jobs = 0;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly removeProgram: () => void,
  ) {}

  static async prepare(): Promise<Swarm> {
    const bundle = await bundleEntry('test/bench/measure/swarm-runner.ts');
    return new Swarm(bundle.file, mkdtempSync(join(tmpdir(), 'nodeswarm-bench-')), () => bundle.remove());
  }

  /** Carries out a run. Throws unless it finished and every request of it was answered as expected. */
  async run(
    document: ScenarioDocument,
    { shards = 1, cores, watchMemory }: SwarmOptions,
  ): Promise<SwarmOutcome & { rssBytesMax: number }> {
    const file = join(this.folder, `job-${++this.jobs}.json`);
    writeFileSync(file, JSON.stringify({ document, shards } satisfies SwarmJob));
    const { durationSeconds = 0, stages = [] } = document.load;
    const timeoutSeconds =
      stages.reduce((sum, { rampSeconds, holdSeconds }) => sum + rampSeconds + holdSeconds, durationSeconds) + 60;
    const { stdout, rssBytesMax } = await runProgram(process.execPath, [this.program, file], {
      cores,
      timeoutSeconds,
      watchMemory,
    });
    const outcome = JSON.parse(stdout) as SwarmOutcome;
    if (outcome.status !== 'finished') throw new Error(`the run ended as ${outcome.status}`);
    if (outcome.accounting.failed > 0) throw new Error(`requests failed: ${outcome.failures.join(', ')}`);
    return { ...outcome, rssBytesMax };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
    this.removeProgram();
  }
}
