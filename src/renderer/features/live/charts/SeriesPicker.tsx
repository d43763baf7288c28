import { ChevronDown } from 'lucide-react';
import { type SeriesKey, seriesIdentity, seriesLabel } from '../../../../shared/scenario/series';
import type { SeriesStyle } from '../../../charts/series-color';
import { Button } from '../../../ui/Button';
import { Checkbox } from '../../../ui/Checkbox';
import { Popover } from '../../../ui/Popover';
import styles from './SeriesPicker.module.css';

export interface SeriesPickerProps {
  keys: readonly SeriesKey[];
  styles: ReadonlyMap<string, SeriesStyle>;
  chosen: readonly number[];
  onChange(chosen: number[]): void;
}

/** Which series are drawn side by side. */
export function SeriesPicker({ keys, styles: stylesOf, chosen, onChange }: SeriesPickerProps) {
  const all = keys.map((_, series) => series);
  return (
    <Popover
      title="Series to draw"
      align="start"
      trigger={
        <Button icon={<ChevronDown />}>
          {chosen.length} of {keys.length} series
        </Button>
      }
    >
      <div className={styles.bulk}>
        <Button size="small" onClick={() => onChange(all)}>
          All
        </Button>
        <Button size="small" onClick={() => onChange([])}>
          None
        </Button>
      </div>
      <ul className={styles.list}>
        {keys.map((key, series) => {
          const style = stylesOf.get(seriesIdentity(key));
          return (
            <li key={seriesIdentity(key)}>
              <Checkbox
                label={seriesLabel(key)}
                checked={chosen.includes(series)}
                onChange={(isChosen) => onChange(all.filter((one) => (one === series ? isChosen : chosen.includes(one))))}
              />
              <svg width="16" height="8" aria-hidden="true">
                <line
                  x1="0"
                  x2="16"
                  y1="4"
                  y2="4"
                  stroke={style?.color}
                  strokeWidth="3"
                  strokeDasharray={style?.dash.join(' ')}
                />
              </svg>
            </li>
          );
        })}
      </ul>
    </Popover>
  );
}
