import { useEffect, useRef } from 'react';
import type { SendOnceStep } from '../../../../shared/api/types';
import { visibleSentence } from '../../../../shared/text/sentence';
import { visibleText } from '../../../../shared/text/visible-text';
import { formatBytes, formatLatency } from '../../../ui/format';
import { Status } from '../../../ui/Status';
import { Tooltip } from '../../../ui/Tooltip';
import { readHead } from '../model/message-text';
import { scalarText } from '../model/scalar-text';
import { sendAdvice, timingParts } from '../model/send-advice';
import { BodyText } from './BodyText';
import { HeadDetails } from './HeadDetails';
import styles from './SendOnceResult.module.css';
import type { Sending } from './use-send-once';

/** What was sent once, and what came back, step by step. */
export function SendOnceResult({ sending }: { sending: Sending }) {
  const { steps, error, isSending } = sending;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (steps || error) ref.current?.scrollIntoView({ block: 'start' });
  }, [steps, error]);
  if (error) {
    return (
      <section ref={ref} className={styles.result} aria-label="Sent once">
        <h3 className={styles.title}>Not sent</h3>
        <p role="alert" className={styles.bad}>
          {visibleSentence(error)}
        </p>
      </section>
    );
  }
  if (!steps) return null;
  return (
    <section ref={ref} className={styles.result} aria-label="Sent once" aria-live="polite" aria-busy={isSending}>
      <h3 className={styles.title}>Sent once, as node 0</h3>
      {steps.map((step) => (
        <StepResult key={step.step} step={step} isAlone={steps.length === 1} />
      ))}
    </section>
  );
}

function StepResult({ step, isAlone }: { step: SendOnceStep; isAlone: boolean }) {
  const { request, response, error, exception, timing, extracted, expectations } = step;
  if (!request && !exception) return <p className={styles.faint}>Step {step.step + 1}: a pause, not waited for.</p>;
  const advice = error && sendAdvice(error.name);
  // The expectation that was not met says it itself.
  const isSaid = expectations.some(({ met, detail }) => !met && error !== null && detail === error.detail);
  return (
    <div className={styles.step}>
      {request && (
        <div className={styles.block}>
          <code className={styles.line}>
            {!isAlone && <span className={styles.faint}>{step.step + 1} </span>}
            {request.method} {request.url}
          </code>
          <HeadDetails head={request.head} />
          <BodyText body={request.body} />
        </div>
      )}
      {exception && <Trouble name="Could not be sent" detail={visibleSentence(exception)} />}
      {response && (
        <div className={styles.block}>
          <div className={styles.statusLine}>
            <Status tone={error ? 'bad' : 'ok'} filled>
              {error && 'Failed: '}
              {readHead(response.head).firstLine.replace(/^HTTP\/\S+\s+/, '') || response.status}
            </Status>
            <span className={styles.faint}>
              {timing && formatLatency(timing.totalMs)} · {formatBytes(response.bodyBytes)}
            </span>
          </div>
          <HeadDetails head={response.head} />
          <BodyText body={response.body} />
        </div>
      )}
      {error && !isSaid && (
        <Trouble name={error.name} detail={[visibleSentence(error.detail), advice].filter(Boolean).join(' ')} />
      )}
      {timing && <TimingBar timing={timing} />}
      {expectations.length > 0 && (
        <ul className={styles.list} aria-label="Expectations">
          {expectations.map(({ what, met, detail }) => (
            <li key={what} className={styles.expectation}>
              <Status tone={met ? 'ok' : 'bad'}>{met ? 'Met' : 'Not met'}</Status>
              <span>{what}</span>
              {/* Without an answer there is one reason for all, which stands above. */}
              {!met && response && detail !== '' && <div className={styles.faint}>{visibleSentence(detail)}</div>}
            </li>
          ))}
        </ul>
      )}
      {extracted.length > 0 && (
        <dl className={styles.extracted} aria-label="Extracted values">
          {extracted.map(({ variable, value }) => (
            <div key={variable}>
              <dt>{variable}</dt>
              <dd>{visibleText(scalarText(value))}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Trouble({ name, detail }: { name: string; detail: string }) {
  return (
    <div className={styles.trouble} role="alert">
      <Status tone="bad">{name}</Status>
      <p>{detail}</p>
    </div>
  );
}

const PART_STYLES = { connect: 'connect', tls: 'tls', firstByte: 'firstByte', body: 'rest' } as const;

/** Where the time went, to scale. */
function TimingBar({ timing }: { timing: NonNullable<SendOnceStep['timing']> }) {
  const parts = timingParts(timing);
  const sum = parts.reduce((total, { ms }) => total + ms, 0);
  if (sum === 0) return null;
  return (
    <div className={styles.timing}>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ key, label, ms }) => (
          <Tooltip key={key} content={`${label}: ${formatLatency(ms)}`}>
            <span className={styles[PART_STYLES[key]]} style={{ flexGrow: ms / sum }} />
          </Tooltip>
        ))}
      </div>
      <dl className={styles.legend} aria-label="Timing">
        {parts.map(({ key, label, ms }) => (
          <div key={key}>
            <dt>
              <span className={styles[PART_STYLES[key]]} aria-hidden="true" />
              {label}
            </dt>
            <dd>{formatLatency(ms)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
