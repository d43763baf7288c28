import type { SoakLine } from './verdict';

/** Prints what a soak found. */
export function printSoak(lines: readonly SoakLine[]): void {
  const head = { what: 'what', figure: 'figure', goal: 'goal', verdict: 'verdict' };
  const rows = [head, ...lines];
  const width = (key: 'what' | 'figure' | 'goal') => Math.max(...rows.map((row) => row[key].length));
  const [what, figure, goal] = [width('what'), width('figure'), width('goal')];
  console.log('');
  for (const row of rows)
    console.log(`${row.what.padEnd(what)}  ${row.figure.padStart(figure)}  ${row.goal.padEnd(goal)}  ${row.verdict}`);
  const failed = lines.filter(({ verdict }) => verdict === 'FAILED').length;
  const open = lines.filter(({ verdict }) => verdict === 'not long enough to tell').length;
  console.log(`\n${failed} failed${open > 0 ? `, ${open} that take a longer soak to tell` : ''}`);
}
