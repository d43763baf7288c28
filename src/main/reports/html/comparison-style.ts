/** What a comparison needs beside the style of a report. A is grey, B blue, as in the app. */
export const COMPARISON_STYLE = /* css */ `
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; margin-top: 16px; }
.side { padding: 12px 16px 14px; background: var(--surface); border: 1px solid var(--line); border-top: 3px solid var(--muted); border-radius: 8px; }
.side.b { border-top-color: var(--series-blue); }
.side > div { display: grid; grid-template-columns: 84px minmax(0, 1fr); padding: 1px 0; }
.side dd { font-size: 13px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.side .name dt, .side .name dd { color: var(--text); font-size: 15px; font-weight: 600; }
.notice ul { margin: 4px 0 0; padding-left: 20px; }
.verdict { font-weight: 600; }
.verdict.improvement { color: var(--good); }
.verdict.regression { color: var(--bad); }
.verdict.equivalent, .verdict.open { color: var(--muted); font-weight: 400; }
.first td { border-top: 1px solid var(--line); }
td.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; }
@media screen and (max-width: 800px) { .sides { grid-template-columns: minmax(0, 1fr); } }
`;
