import type { Phase } from '../../../../shared/stats/frame';
import { PHASES } from '../../../../shared/stats/frame';
import { formatClock } from '../../../ui/format';

const PHASE_WORDS: Record<Phase, string> = { ramp: 'ramp', steady: 'steady phase', cooldown: 'cooldown' };

/** How long a stretch chosen in the charts is and which phases it lies in. `phases`: seconds of each that it has so far. */
export function stretchText(phases: Readonly<Record<Phase, number>>): string {
  const within = PHASES.filter((phase) => phases[phase] > 0);
  const length = formatClock(within.reduce((sum, phase) => sum + phases[phase], 0));
  const [first, ...others] = within;
  if (first === undefined) return 'Nothing of it has been recorded yet';
  if (others.length === 0) return `${length} chosen in the charts (all of it ${PHASE_WORDS[first]})`;
  return `${length} chosen in the charts (${within.map((phase) => `${formatClock(phases[phase])} ${PHASE_WORDS[phase]}`).join(', ')})`;
}
