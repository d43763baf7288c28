import type { RunComparison } from '../../../shared/stats/comparison';
import type { Verdict } from '../../../shared/stats/verdict';

export type VerdictTone = 'ok' | 'warn' | 'bad' | 'neutral';

/** How a verdict reads: sign and word say it without colour; the meaning explains it in one sentence. */
export const VERDICT_WORDS: Record<Verdict, { word: string; tone: VerdictTone; meaning: string }> = {
  regression: {
    word: 'Regression',
    tone: 'bad',
    meaning: 'Worse by more than the margin that matters, and by more than chance within the runs explains.',
  },
  improvement: {
    word: 'Improvement',
    tone: 'ok',
    meaning: 'Better by more than the margin that matters, and by more than chance within the runs explains.',
  },
  equivalent: {
    word: 'Equivalent',
    tone: 'neutral',
    meaning: 'The whole interval lies within the margin that matters: no change that matters.',
  },
  inconclusive: {
    word: 'Inconclusive',
    tone: 'warn',
    meaning: 'The interval is too wide to say whether there is a change. Longer runs or more requests narrow it.',
  },
  'not enough data': { word: 'Not enough data', tone: 'neutral', meaning: '' },
};

/** How the outcome as a whole is to be taken: bad as soon as anything is worse. */
export function outcomeTone({ rows }: Pick<RunComparison, 'rows'>): VerdictTone {
  const verdicts = new Set(rows.flatMap((row) => row.measures.map((measure) => measure.verdict)));
  if (verdicts.has('regression')) return 'bad';
  if (verdicts.has('improvement')) return 'ok';
  return verdicts.has('inconclusive') ? 'warn' : 'neutral';
}

/** How many measures got each verdict, those that occur, the gravest first. */
export function verdictCounts({ rows }: Pick<RunComparison, 'rows'>): { verdict: Verdict; count: number }[] {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of rows.flatMap((row) => row.measures)) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return (Object.keys(VERDICT_WORDS) as Verdict[]).flatMap((verdict) => {
    const count = counts.get(verdict);
    return count ? [{ verdict, count }] : [];
  });
}
