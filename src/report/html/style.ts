/** How the page looks: light and dark, as the system has it or as the switch says; on paper always light. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0f1419);
  --card: light-dark(#ffffff, #171d24);
  --head: light-dark(#f0f2f5, #1e262f);
  --line: light-dark(#dde1e7, #2d3742);
  --text: light-dark(#1b2430, #e4e9ef);
  --soft: light-dark(#566172, #9dabba);
  --link: light-dark(#0b57b0, #7db8ff);
  --good: light-dark(#18703a, #5fce8b);
  --bad: light-dark(#b3261e, #ff8d83);
  --warning: light-dark(#8a5300, #f2b950);
  --note: light-dark(#0b57b0, #7db8ff);
  --good-fill: light-dark(#e5f4ea, #16301f);
  --bad-fill: light-dark(#fcebe9, #3a1b1a);
  --warning-fill: light-dark(#fdf2dc, #35280f);
  --note-fill: light-dark(#e8f0fb, #15273d);
  --code: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 5rem; }
body {
  margin: 0 auto; max-width: 96rem; padding: 1.75rem 2rem 3rem;
  background: var(--page); color: var(--text);
  font: 0.875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 0.75rem; background: var(--card); z-index: 3; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; justify-content: space-between; }
.brand { margin: 0; color: var(--soft); font: 600 0.75rem/1.4 var(--code); letter-spacing: 0.04em; }
h1 { margin: 0.1rem 0 0.35rem; font-size: 1.625rem; line-height: 1.25; letter-spacing: -0.015em; }
h1 .mark { font-size: 0.8125rem; letter-spacing: 0; vertical-align: 0.3em; margin-left: 0.35rem; }
.facts { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.facts span + span::before { content: "·"; margin-right: 0.35rem; }
.themes { display: flex; margin: 0; padding: 2px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.themes label { cursor: pointer; }
.themes input { position: absolute; opacity: 0; }
.themes label span { display: block; padding: 0.2rem 0.7rem; border-radius: 6px; color: var(--soft); font-size: 0.8125rem; }
.themes input:checked + span { background: var(--head); color: var(--text); font-weight: 600; }
.themes input:focus-visible + span { outline: 2px solid var(--link); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 1rem; }
.figures div { padding: 0.8rem 1rem; border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 8px; background: var(--card); }
.figures dt { color: var(--soft); font-size: 0.8125rem; }
.figures dd { margin: 0; font-size: 1.625rem; font-weight: 650; line-height: 1.3; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures .below { letter-spacing: 0; font-weight: 400; }
.figures .good { border-top-color: var(--good); }
.figures .bad { border-top-color: var(--bad); }
.figures .warning { border-top-color: var(--warning); }
.figures .note { border-top-color: var(--note); }
.figures .bad dd { color: var(--bad); }
.figures .warning dd { color: var(--warning); }
.below { display: block; color: var(--soft); font-size: 0.8125rem; line-height: 1.4; }
.mark .mark, h1 .mark, .notice .mark { font-weight: 600; }
span.mark { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 99px; background: var(--head); white-space: nowrap; font-size: 0.8125rem; }
span.mark.good { background: var(--good-fill); color: var(--good); }
span.mark.bad { background: var(--bad-fill); color: var(--bad); }
span.mark.warning { background: var(--warning-fill); color: var(--warning); }
span.mark.note { background: var(--note-fill); color: var(--note); }
.notice { margin: 0 0 0.75rem; padding: 0.7rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; background: var(--card); overflow-wrap: anywhere; }
.notice .mark { margin-right: 0.3rem; }
.notice.bad { border-left-color: var(--bad); }
.notice.warning { border-left-color: var(--warning); }
.notice.note { border-left-color: var(--note); }
div.bar { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; justify-content: space-between; margin: 1.25rem -0.5rem 0; padding: 0.6rem 0.5rem 1.35rem; background: var(--page); border-bottom: 1px solid var(--line); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; }
nav a { color: var(--text); text-decoration: none; font-weight: 550; }
nav a:hover { text-decoration: underline; }
.count { padding: 0 0.45rem; border-radius: 99px; background: var(--head); color: var(--soft); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.search { position: relative; }
.search input { width: 17rem; max-width: 100%; padding: 0.4rem 0.7rem; border: 1px solid var(--soft); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
.search input::placeholder { color: var(--soft); opacity: 1; }
#status { position: absolute; top: calc(100% + 2px); right: 0; color: var(--soft); font-size: 0.75rem; line-height: 1.5; white-space: nowrap; }
section { margin-top: 1.75rem; }
h2 { margin: 0; font-size: 1.125rem; letter-spacing: -0.01em; }
.intro { margin: 0.1rem 0 0.6rem; color: var(--soft); max-width: 60rem; }
.frame { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
table { width: 100%; min-width: 62rem; border-collapse: collapse; table-layout: fixed; }
thead .number { width: 6.75rem; }
thead .mark { width: 7rem; }
thead .code, thead .text { width: 11rem; }
thead .bar { width: 12rem; }
thead .wide { width: auto; }
th, td { padding: 0.5rem 0.75rem; text-align: left; vertical-align: top; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover > * { background: color-mix(in srgb, var(--head) 55%, transparent); }
tbody tr:target > * { background: var(--note-fill); }
tbody th { font-weight: 500; }
thead th { padding: 0; background: var(--head); border-bottom: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
thead th, thead button { line-height: 1.4; }
thead th:not(:has(button)) { padding: 0.45rem 0.75rem; }
thead button { width: 100%; padding: 0.45rem 0.75rem; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
thead button:hover, th[aria-sort] button { color: var(--text); }
thead button:focus-visible { outline-offset: -3px; }
thead button::after { content: "↕"; margin-left: 0.35rem; opacity: 0.45; }
th[aria-sort="ascending"] button::after { content: "↑"; opacity: 1; }
th[aria-sort="descending"] button::after { content: "↓"; opacity: 1; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.text { overflow-wrap: anywhere; }
code, td.places { font: 0.8125rem/1.5 var(--code); }
.code { overflow-wrap: anywhere; }
td.places span { display: block; overflow-wrap: anywhere; color: var(--soft); }
svg { display: block; width: 100%; height: 8px; margin-top: 0.4rem; border-radius: 4px; background: var(--head); }
rect.good { fill: var(--good); }
rect.bad { fill: var(--bad); }
rect.note, rect.warning { fill: var(--warning); }
rect.plain { fill: color-mix(in srgb, var(--soft) 45%, transparent); }
.rest, .empty { margin: 0.5rem 0 0; color: var(--soft); }
footer { margin-top: 2.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }
@media (max-width: 40rem) {
  body { padding: 1rem 1rem 2rem; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  h1 .mark { margin-left: 0; }
  div.bar { position: static; }
  .search, .search input { width: 100%; }
  #status { left: 0; }
  html { scroll-padding-top: 1rem; }
}
@media (forced-colors: active) {
  rect.good { fill: CanvasText; }
  rect.bad { fill: Highlight; }
  rect.plain { fill: GrayText; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root, :root[data-theme] { color-scheme: light; font-size: 8.5pt; }
  body { max-width: none; padding: 0; background: none; }
  .themes, div.bar, .skip, thead button::after { display: none !important; }
  .frame { overflow: visible; border-radius: 0; }
  table { min-width: 0; }
  thead { display: table-header-group; }
  tr, .notice, .figures div { break-inside: avoid; }
  h2, .intro { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
