import { html, type Insert, type Markup } from './markup';

/** One column of a table. */
export interface Column<Row> {
  /** With its unit. */
  title: string;
  cell: (row: Row) => Insert;
  /** Numbers stand to the right, text to the left; a word is never broken. */
  kind: 'number' | 'text' | 'word';
  /** Too few values to rely on: shown grey. */
  faint?: (row: Row) => boolean;
  /** Something went wrong: shown in red. */
  bad?: (row: Row) => boolean;
}

/** A table that scrolls within itself when the page is narrow. The last row is set off when it sums up the others. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[], lastIsTotal = false): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table>
<thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row, i) => html`<tr${lastIsTotal && i === rows.length - 1 ? html` class="total"` : null}>${columns.map((column) => cell(column, row))}</tr>\n`)}</tbody>
</table></div>`;
}

function cell<Row>(column: Column<Row>, row: Row): Markup {
  const classes = [column.kind, column.faint?.(row) ? 'faint' : '', column.bad?.(row) ? 'bad' : ''].filter((name) => name !== '');
  return html`<td class="${classes.join(' ')}">${column.cell(row)}</td>`;
}
