import { CircleHelp, Equal, Minus, TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Verdict } from '../../../shared/stats/verdict';
import { Status } from '../../ui/Status';
import { VERDICT_WORDS } from './verdict-words';

/** More is worse in every measure: a regression goes up. */
const ICONS: Record<Verdict, ReactNode> = {
  regression: <TrendingUp />,
  improvement: <TrendingDown />,
  equivalent: <Equal />,
  inconclusive: <CircleHelp />,
  'not enough data': <Minus />,
};

/** A verdict as icon and word; what it means, or why there is none, as tooltip. */
export function VerdictWord({ verdict, reason = '' }: { verdict: Verdict; reason?: string }) {
  const { word, tone, meaning } = VERDICT_WORDS[verdict];
  return (
    <Status tone={tone} icon={ICONS[verdict]} reason={reason || meaning}>
      {word}
    </Status>
  );
}
