import { ChevronLeft, ChevronRight, Copy, X } from 'lucide-react';
import { useState } from 'react';
import type { ReportFailure } from '../../../shared/stats/report';
import { visibleText } from '../../../shared/text/visible-text';
import { Button } from '../../ui/Button';
import { formatClock, formatLatency, formatMoment, plural } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { toasts } from '../../ui/toasts';
import styles from './FailureDetail.module.css';
import { receivedText, sampleText, sentText } from './model/sample-text';

export interface FailureDetailProps {
  failure: ReportFailure;
  /** Of the run, epoch ms. */
  startedAt: number;
  onClose(): void;
}

/** One kind of failure with its samples. */
export function FailureDetail({ failure, startedAt, onClose }: FailureDetailProps) {
  const [index, setIndex] = useState(0);
  const { method, name, error, occurrences, firstAt, lastAt, samples } = failure;
  const sample = samples[Math.min(index, samples.length - 1)];
  const copy = () => {
    if (!sample) return;
    navigator.clipboard.writeText(sampleText(failure, sample)).then(
      () => toasts.success('Sample copied.'),
      () => toasts.error('The sample could not be copied: the browser does not allow it. Select the text and copy it.'),
    );
  };
  return (
    <section className={styles.detail} aria-label={`Failure ${error}`}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 className={styles.title}>{visibleText(error)}</h2>
          <p className={styles.request}>
            {method} {visibleText(name)}
          </p>
        </div>
        <IconButton label="Close" icon={<X />} size="small" onClick={onClose} />
      </header>
      <p className={styles.facts}>
        {plural(occurrences, 'time')}, first {formatClock((firstAt - startedAt) / 1000)}, last{' '}
        {formatClock((lastAt - startedAt) / 1000)} into the run
      </p>
      {sample ? (
        <>
          <div className={styles.bar}>
            <IconButton
              label="Previous sample"
              icon={<ChevronLeft />}
              size="small"
              disabled={index === 0}
              onClick={() => setIndex(index - 1)}
            />
            <span className={styles.count} role="status">
              Sample {Math.min(index, samples.length - 1) + 1} of {samples.length}
            </span>
            <IconButton
              label="Next sample"
              icon={<ChevronRight />}
              size="small"
              disabled={index >= samples.length - 1}
              onClick={() => setIndex(index + 1)}
            />
            <span className={styles.gap} />
            <Button size="small" icon={<Copy />} onClick={copy}>
              Copy sample
            </Button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
          <section className={styles.sample} aria-label="Sample" tabIndex={0}>
            <p className={styles.detailText}>{visibleText(sample.detail)}</p>
            <dl className={styles.list}>
              <dt>When</dt>
              <dd title={formatMoment(startedAt + sample.atMs)}>{formatClock(sample.atMs / 1000)} into the run</dd>
              <dt>Who</dt>
              <dd>
                node {sample.node} ({sample.nodeType}), {sample.task}
              </dd>
              <dt>Took</dt>
              <dd>{formatLatency(sample.latencyMs)}</dd>
            </dl>
            <div className={styles.sides}>
              <Side title="Sent" text={sentText(sample)} />
              <Side title="Received" text={receivedText(sample)} />
            </div>
          </section>
        </>
      ) : (
        <p className={styles.facts}>No sample was kept of this failure.</p>
      )}
    </section>
  );
}

/** Scrolls by itself: a long body on one side leaves the other in sight. */
function Side({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.side}>
      <h3 className={styles.heading}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section className={styles.text} aria-label={title} tabIndex={0}>
        <pre>{text}</pre>
      </section>
    </div>
  );
}
