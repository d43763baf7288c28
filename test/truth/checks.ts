/** One comparison of what was measured with what is true. */
export interface Check {
  what: string;
  truth: string;
  measured: string;
  deviation: string;
  passed: boolean;
}

/** What a case of the suite found. */
export interface CaseResult {
  checks: Check[];
  /** What a reader of the figures has to know, for the table's foot. */
  remarks?: string[];
}

/** A case of the suite; it can be chosen by its name. */
export interface TruthCase {
  name: string;
  title: string;
  run(): Promise<CaseResult>;
}

/** Within a share of the truth, or within an absolute distance where that is more. `unit` is put behind the numbers. */
export function within(
  what: string,
  truth: number,
  measured: number,
  limits: { share: number; absolute?: number; unit?: string; digits?: number },
): Check {
  const { share, absolute = 0, unit = '', digits = 2 } = limits;
  const difference = measured - truth;
  const shown = (value: number) => `${value.toFixed(digits)}${unit}`;
  const percent = truth === 0 ? '' : `${signed((difference / truth) * 100, 2)} %`;
  return {
    what,
    truth: shown(truth),
    measured: shown(measured),
    deviation: [percent, absolute > 0 ? `${signed(difference, digits)}${unit}` : ''].filter(Boolean).join(', '),
    passed: Math.abs(difference) <= Math.max(share * Math.abs(truth), absolute),
  };
}

/** Exactly the same. */
export function exactly(what: string, truth: number | string, measured: number | string): Check {
  const isNumber = typeof truth === 'number' && typeof measured === 'number';
  return {
    what,
    truth: String(truth),
    measured: String(measured),
    deviation: isNumber ? signed(measured - truth, 0) : truth === measured ? 'none' : 'differs',
    passed: truth === measured,
  };
}

/** At most, or at least, a limit. */
export function bounded(what: string, measured: number, bound: 'at most' | 'at least', limit: number, digits = 2): Check {
  return {
    what,
    truth: `${bound} ${Number(limit.toFixed(2))}`,
    measured: measured.toFixed(digits),
    deviation: '',
    passed: bound === 'at most' ? measured <= limit : measured >= limit,
  };
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
}
