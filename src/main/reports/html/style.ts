/**
 * The style sheet of the report: light, dark and paper. Text in a module, so that every bundler and test runner takes it in as it is.
 */
export const STYLE = /* css */ `
:root {
  color-scheme: light dark;
  --page: #f5f6f8;
  --surface: #ffffff;
  --text: #1a1f26;
  --muted: #5a6572;
  --line: #dce1e7;
  --grid: #e8ecf0;
  --shade: rgba(90, 101, 114, 0.09);
  --shade-invalid: rgba(190, 40, 20, 0.16);
  --bad: #b3261e;
  --bad-surface: #fdeeec;
  --good: #17694f;
  /* Okabe and Ito's colours. */
  --series-blue: #0072b2;
  --series-green: #009e73;
  --series-orange: #e69f00;
  --series-vermillion: #d55e00;
  --series-purple: #cc79a7;
}

@media (prefers-color-scheme: dark) {
  :root:not(.paper) {
    --page: #12161b;
    --surface: #191e25;
    --text: #e4e8ed;
    --muted: #97a2af;
    --line: #2c343e;
    --grid: #252c35;
    --shade: rgba(151, 162, 175, 0.1);
    --shade-invalid: rgba(255, 105, 85, 0.22);
    --bad: #ff8a7a;
    --bad-surface: #351d1b;
    --good: #5fcaa4;
    /* The sky blue of the same set stands out where the blue does not. */
    --series-blue: #56b4e9;
    --series-green: #12b886;
    --series-vermillion: #f0743a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font:
    14px / 1.5 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    Arial,
    sans-serif;
}
main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 8px; }
footer { max-width: 1240px; margin: 0 auto; padding: 0 24px 28px; color: var(--muted); font-size: 12px; }
h1, h2, h3, h4, p, dl, dd, ol, figure { margin: 0; }
h1 { font-size: 24px; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin-bottom: 8px; font-size: 16px; font-weight: 650; }
h3 { margin: 20px 0 6px; font-size: 14px; font-weight: 600; }
h4 { font-size: 12px; font-weight: 600; color: var(--muted); }
section {
  margin-top: 16px;
  padding: 18px 20px 20px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
}
.kicker { color: var(--muted); font-size: 12px; }
.note { max-width: 92ch; margin-bottom: 8px; color: var(--muted); font-size: 13px; overflow-wrap: anywhere; }
.good { color: var(--good); }
.bad, td.bad { color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 10px 28px; margin-top: 14px; }
dt { color: var(--muted); font-size: 12px; }
.facts dd { font-size: 13px; line-height: 1.4; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.status::before {
  content: "";
  display: inline-block;
  width: 8px;
  height: 8px;
  margin-right: 7px;
  border-radius: 50%;
  background: var(--muted);
}
.status.finished::before { background: var(--series-green); }
.status.running::before { background: var(--series-blue); }
.status.degraded, .status.interrupted, .status.failed { color: var(--bad); font-weight: 600; }
.status.degraded::before, .status.interrupted::before, .status.failed::before { background: var(--bad); }
.notice {
  margin-top: 14px;
  padding: 9px 14px;
  background: var(--bad-surface);
  border-left: 3px solid var(--bad);
  border-radius: 0 6px 6px 0;
  overflow-wrap: anywhere;
}
.notice strong { color: var(--bad); }
.figures {
  display: grid;
  grid-template-columns: repeat(6, minmax(0, 1fr));
  margin-top: 18px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
}
.figures > div { padding: 12px 18px 13px; }
.figures > div + div { border-left: 1px solid var(--line); }
.figures dd { font-size: 24px; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.figures small { color: var(--muted); font-size: 14px; font-weight: 400; }
.figures dd.about { color: var(--muted); font-size: 12px; font-weight: 400; letter-spacing: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; color: var(--muted); font-size: 12px; }
.swatch {
  display: inline-block;
  width: 14px;
  height: 10px;
  margin-right: 6px;
  border: 1px solid var(--line);
  vertical-align: -1px;
}
.swatch.shade { background: var(--shade); }
.swatch.shade-invalid { background: var(--shade-invalid); }
.swatch.mark { width: 0; border: 0; border-left: 1px dashed var(--muted); }
figure { margin-top: 12px; }
figcaption { height: 0; padding-left: 2px; font-size: 13px; font-weight: 600; }
.chart { position: relative; height: 220px; }
.events { margin-top: 12px; padding-left: 22px; color: var(--muted); font-size: 12px; columns: 2; }
.events li { break-inside: avoid; overflow-wrap: anywhere; }
time { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 14px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th {
  padding: 6px 8px;
  border-bottom: 1px solid var(--line);
  color: var(--muted);
  font-size: 12px;
  font-weight: 500;
  line-height: 1.3;
  vertical-align: bottom;
}
td { padding: 5px 8px; border-bottom: 1px solid var(--grid); vertical-align: top; unicode-bidi: isolate; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.text, .word { text-align: left; }
td.text { min-width: 12ch; max-width: 52ch; overflow-wrap: anywhere; }
.number { text-align: right; }
td.number, td.word { white-space: nowrap; }
.faint { color: var(--muted); font-weight: 400; }
.total td { border-top: 1px solid var(--muted); border-bottom: 0; font-weight: 600; }
tbody tr:hover { background: var(--page); }
.sum { margin-bottom: 4px; font-size: 15px; font-variant-numeric: tabular-nums; }
details { margin-top: 10px; }
summary { cursor: pointer; font-size: 13px; overflow-wrap: anywhere; }
.sample { margin: 8px 0 16px; font-size: 13px; }
.exchange { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px; margin-top: 6px; }
pre {
  max-height: 420px;
  margin: 4px 0 0;
  padding: 10px 12px;
  overflow: auto;
  background: var(--page);
  border: 1px solid var(--line);
  border-radius: 6px;
  font:
    12px / 1.45 ui-monospace,
    SFMono-Regular,
    Menlo,
    Consolas,
    monospace;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
:focus-visible { outline: 2px solid var(--series-blue); outline-offset: 2px; }

@media screen and (max-width: 800px) {
  .facts, .exchange { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figures > div + div { border-left: 0; }
  .events { columns: 1; }
}

@media print {
  @page {
    margin: 14mm;
  }
  :root { --page: #ffffff; }
  body { font-size: 11px; }
  main { padding: 0; }
  section { padding: 0; border: 0; }
  table { font-size: 9px; }
  th { font-size: 8px; }
  th, td { padding: 3px 4px; }
  tr, figure, .figures, .sample { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .facts dd, .notice, .note { font-size: 11px; }
  .figures > div { padding: 8px 10px; }
  .figures dd { font-size: 17px; white-space: nowrap; }
  .figures small { font-size: 11px; }
  .figures dd.about { font-size: 9px; }
  .chart { height: 170px; }
  .scroll, pre { max-height: none; overflow: visible; }
}
`;
