import { useMemo } from 'react';
import styles from './Sparkline.module.css';
import { sparklinePath } from './sparkline-path';

export interface SparklineProps {
  values: readonly (number | null)[];
  /** What it shows, for those who do not see it. */
  label: string;
  width?: number;
  height?: number;
  /** Any CSS colour. */
  color?: string;
}

/** A small line without axes. Where there is less room than its width it is drawn closer, never cut. */
export function Sparkline({ values, label, width = 96, height = 20, color = 'var(--text-faint)' }: SparklineProps) {
  const path = useMemo(() => sparklinePath(values, width, height), [values, width, height]);
  return (
    <svg
      className={styles.sparkline}
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <path
        d={path}
        fill="none"
        stroke={color}
        strokeWidth="1.25"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
