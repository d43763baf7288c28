import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { type SeriesKey, seriesIdentity, seriesLabel } from '../../../../shared/scenario/series';
import { MOST_TOLD_APART, type SeriesStyle } from '../../../charts/series-color';
import { Button } from '../../../ui/Button';
import { Checkbox } from '../../../ui/Checkbox';
import { formatCount, plural } from '../../../ui/format';
import { MOST_SHOWN, READABLE } from '../../../ui/long-list';
import { Popover } from '../../../ui/Popover';
import { TextField } from '../../../ui/TextField';
import styles from './SeriesPicker.module.css';

export interface SeriesPickerProps {
  keys: readonly SeriesKey[];
  styles: ReadonlyMap<string, SeriesStyle>;
  chosen: readonly number[];
  onChange(chosen: number[]): void;
}

/** Which series are drawn side by side: as many as can be told apart. */
export function SeriesPicker({ keys, styles: stylesOf, chosen, onChange }: SeriesPickerProps) {
  return (
    <Popover
      title="Series to draw"
      align="start"
      trigger={
        <Button icon={<ChevronDown />}>
          {formatCount(chosen.length)} of {formatCount(keys.length)} series
        </Button>
      }
    >
      <SeriesList keys={keys} styles={stylesOf} chosen={chosen} onChange={onChange} />
    </Popover>
  );
}

function SeriesList({ keys, styles: stylesOf, chosen, onChange }: SeriesPickerProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = [...keys.entries()].filter(([, key]) => seriesLabel(key).toLowerCase().includes(wanted));
  const isFull = chosen.length >= MOST_TOLD_APART;
  return (
    <>
      {keys.length > READABLE && (
        <TextField
          label="Search series"
          labelPlace="hidden"
          placeholder="Search series"
          type="search"
          value={search}
          onChange={setSearch}
        />
      )}
      <div className={styles.bulk}>
        <Button size="small" disabled={found.length > MOST_TOLD_APART} onClick={() => onChange(found.map(([series]) => series))}>
          {wanted === '' ? 'All' : 'All found'}
        </Button>
        <Button size="small" onClick={() => onChange([])}>
          None
        </Button>
        {keys.length > MOST_TOLD_APART && (
          <span className={styles.note}>
            {isFull
              ? `${MOST_TOLD_APART} are drawn, the most that can be told apart.`
              : `At most ${MOST_TOLD_APART} can be told apart.`}
          </span>
        )}
      </div>
      <ul className={styles.list}>
        {found.slice(0, MOST_SHOWN).map(([series, key]) => {
          const style = chosen.includes(series) || keys.length <= MOST_TOLD_APART ? stylesOf.get(seriesIdentity(key)) : undefined;
          return (
            <li key={seriesIdentity(key)}>
              <Checkbox
                label={seriesLabel(key)}
                checked={chosen.includes(series)}
                disabled={isFull && !chosen.includes(series)}
                onChange={(isChosen) =>
                  onChange(isChosen ? [...chosen, series].toSorted((a, b) => a - b) : chosen.filter((one) => one !== series))
                }
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
      {found.length === 0 && <p className={styles.note}>No series matches.</p>}
      {found.length > MOST_SHOWN && (
        <p className={styles.note}>
          The first {MOST_SHOWN} of {plural(found.length, 'series', 'series')}: search for the others.
        </p>
      )}
    </>
  );
}
