import Table from 'cli-table3';
import type { Check } from './checks';

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
};
const NO_LINES = { ...PLAIN, left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

/** Prints what a case found, as soon as it is known. */
export function printCase(result: {
  name: string;
  title: string;
  seconds: number;
  checks: Check[];
  remarks: string[];
  error: string | null;
}): void {
  const { name, title, seconds, checks, remarks, error } = result;
  console.log(`\n${name}: ${title} (${seconds.toFixed(0)} s)`);
  if (error !== null) console.log(`  FAILED: ${error}`);
  if (checks.length > 0) {
    const table = new Table({
      head: ['  case', 'truth', 'measured', 'deviation', 'verdict'],
      chars: NO_LINES,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      colAligns: ['left', 'right', 'right', 'right', 'left'],
    });
    for (const { what, truth, measured, deviation, passed } of checks) {
      table.push([`  ${what}`, truth, measured, deviation, passed ? 'ok' : 'FAILED']);
    }
    console.log(table.toString());
  }
  for (const remark of remarks) console.log(`  ${remark}`);
}
