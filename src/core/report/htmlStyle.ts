/** The style sheet of the HTML report: light or dark as the reader's system is, and fit for paper. */
export const htmlStyle = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --page: #ffffff; --raised: #f6f8fa; --line: #d1d9e0;
  --green: #2da44e; --red: #cf222e; --yellow: #bf8700; --blue: #0969da; --purple: #8250df; --orange: #d4731a; --gray: #818b98;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9198a1; --page: #0d1117; --raised: #151b23; --line: #3d444d;
    --green: #3fb950; --red: #f85149; --yellow: #d29922; --blue: #4493f8; --purple: #ab7df8; --orange: #db8a3c; --gray: #9198a1;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; color: var(--text); background: var(--page);
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
header { border-left: 4px solid var(--orange); padding-left: 16px; }
header.equivalent { border-color: var(--green); }
h1 { margin: 0 0 4px; font-size: 1.6em; line-height: 1.3; }
h2 { margin: 32px 0 8px; font-size: 1.15em; }
h3 { margin: 20px 0 4px; font-size: 1em; }
p, dl, ul { margin: 4px 0; }
.quiet, dd small { color: var(--quiet); font-weight: normal; }
code { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: break-spaces; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { min-width: 8em; font-weight: normal; }
td.distance { white-space: nowrap; }
.dump { margin-right: 24px; }
tfoot th, tfoot td { font-weight: 600; }
table.narrow { width: auto; }
td.number, th.number { text-align: right; }
td.words { color: var(--quiet); }
.wide { overflow-x: auto; }
dt { font-weight: 600; margin-top: 8px; }
dd { margin: 0 0 0 16px; }
svg { display: block; width: 100%; height: auto; margin: 8px 0; }
svg text { fill: var(--text); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg text.quiet { fill: var(--quiet); }
svg line { stroke: var(--quiet); }
svg line.end { stroke: var(--blue); stroke-dasharray: 4 3; }
.covered { fill: var(--raised); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0; list-style: none; color: var(--quiet); }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; background: var(--part); }
svg rect.part { fill: var(--part); fill-opacity: 0.45; stroke: var(--page); }
svg rect.bar { fill: var(--part); }
.matched, .extra { --part: var(--green); }
.superseded { --part: var(--gray); }
.repeated, .reordered { --part: var(--blue); }
.expiredTombstones, .diverged { --part: var(--purple); }
.notInMirror, .missing { --part: var(--red); }
.notInSource, .ahead { --part: var(--orange); }
.keyless, .stale { --part: var(--yellow); }
summary { cursor: pointer; color: var(--quiet); }
footer { margin-top: 32px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--quiet); }
@media print {
  :root { --text: #000000; --quiet: #444444; --page: #ffffff; --raised: #f2f2f2; --line: #bbbbbb; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  tr, svg, dt, dd { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .wide { overflow: visible; }
  * { print-color-adjust: exact; }
}
`;
