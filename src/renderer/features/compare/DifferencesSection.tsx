import { Fragment } from 'react';
import type { RunRecord } from '../../../shared/stats/run';
import { differenceText, runDifferences } from '../../../shared/stats/run-differences';
import styles from './DifferencesSection.module.css';
import { AREA_NAMES, fieldName } from './field-path';

interface DifferencesSectionProps {
  a: RunRecord;
  b: RunRecord;
  letter: string;
}

/** What the two runs were made with, field by field, as far as it differs. */
export function DifferencesSection({ a, b, letter }: DifferencesSectionProps) {
  const differences = runDifferences(a, b);
  return (
    <section className={differences.length === 0 ? styles.line : styles.section} aria-labelledby="differences">
      <h2 id="differences">What differs</h2>
      {differences.length === 0 ? (
        <p className={styles.none}>Nothing: scenario, options, machine and versions are the same.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label="Table of differences">
          <table className={styles.table} aria-label="Differences in scenario and options">
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Field</th>
                <th scope="col">A</th>
                <th scope="col">{letter}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ area, path, a: valueA, b: valueB }) => {
                const field = fieldName(area, path);
                return (
                  <tr key={`${area} ${path}`}>
                    <td className={styles.area}>{AREA_NAMES[area]}</td>
                    <th scope="row">{field.isPath ? <FieldPath path={field.text} /> : field.text}</th>
                    <Value value={valueA} />
                    <Value value={valueB} />
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

/** Breaks between its parts where it is too long. */
function FieldPath({ path }: { path: string }) {
  return (
    <code>
      {path.split(/(?=[.[])/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path is text
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

function Value({ value }: { value: unknown }) {
  const text = differenceText(value);
  return (
    <td className={value === undefined ? styles.unset : undefined}>
      <span className={styles.value} title={text}>
        {text}
      </span>
    </td>
  );
}
