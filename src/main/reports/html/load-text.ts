import { loadEditsText } from '../../../shared/stats/load-edits';
import type { RunData } from '../../../shared/stats/run';
import { clock, counted, whole } from './number-text';

/** The load that a run was started with, and how it was edited: "100 nodes, 5/s spawned, edited at 0:35 to 200 nodes at 5 a second". */
export function loadText({ run, events }: Pick<RunData, 'run' | 'events'>): string {
  const { nodes, spawnRate } = run.options;
  const spawn = spawnRate === null ? 'in stages' : `${whole(spawnRate)}/s spawned`;
  const edits = loadEditsText(events, clock);
  return [counted(nodes, 'node', 'nodes'), spawn, ...(edits === null ? [] : [edits])].join(', ');
}
