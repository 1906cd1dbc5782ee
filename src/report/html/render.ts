import { createHash } from 'node:crypto';
import { number } from '../amount.js';
import { bar } from './bar.js';
import { html, id } from './escape.js';
import type { Cell, Column, Figure, Notice, Place, ReportPage, Row, Section, Tone } from './page.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/**
 * A report as one HTML document. It asks for nothing, whoever opens it: its policy allows its own style and its own script, by
 * their hashes, and no more (https://www.w3.org/TR/CSP3/).
 */
export function render(page: ReportPage): string {
  const { title, verdict, facts, figures, notices, sections } = page;
  const filled = sections.filter(({ rows }) => rows.length > 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${html(`${title}: ${verdict.text}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the tables</a>
<header>
<div class="head">
<p class="brand">clinik-fhir</p>
<h1>${html(title)} ${mark(verdict.tone, verdict.text)}</h1>
<p class="facts">${facts.map((fact) => `<span>${html(fact)}</span>`).join(' ')}</p>
</div>
${THEMES}
</header>
<dl class="figures">
${figures.map(figure).join('\n')}
</dl>
${notices.map(notice).join('\n')}
<div class="bar" id="tools">
<nav aria-label="Sections">${filled.map(link).join(' ')}</nav>
${SEARCH}
</div>
<main id="content" tabindex="-1">
${filled.length === 0 ? '<p class="empty">There is nothing to list.</p>' : filled.map(section).join('\n')}
</main>
<footer>Without values of records: rules, published paths, counts, names of files and numbers of lines only.</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;

/** Shown where the script runs, which they need. */
const THEMES = `<fieldset class="themes" id="themes" hidden><legend class="unseen">Colours</legend>
${['System', 'Light', 'Dark']
  .map((name, index) => {
    const value = name.toLowerCase();
    return `<label><input type="radio" name="theme" value="${value}"${index === 0 ? ' checked' : ''}><span>${name}</span></label>`;
  })
  .join('')}
</fieldset>`;

const SEARCH = `<div class="search" id="searching" hidden><label for="search" class="unseen">Search all tables</label>
<input id="search" type="search" placeholder="Search all tables" autocomplete="off" spellcheck="false" aria-describedby="status">
<span id="status" role="status"></span></div>`;

/** A sign for each tone, so that no colour is needed to tell them apart. */
const SIGNS: { readonly [tone in Tone]: string } = { good: '✓', bad: '✕', warning: '!', note: 'i', plain: '·' };

function mark(tone: Tone, text: string): string {
  return `<span class="mark ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${html(text)}</span>`;
}

function figure({ label, value, tone, below }: Figure): string {
  const more = below === undefined ? '' : `<span class="below">${html(below)}</span>`;
  const kind = value === 0 ? 'plain' : tone;
  return `<div class="${kind}"><dt>${html(label)}</dt><dd>${number(value)}${more}</dd></div>`;
}

function notice({ tone, title, text }: Notice): string {
  return `<p class="notice ${tone}"><strong>${mark(tone, title)}</strong> ${html(text)}</p>`;
}

function link({ id: name, title, rows }: Section): string {
  return `<a href="#${id(name)}">${html(title)} <span class="count">${number(rows.length)}</span></a>`;
}

function section({ id: name, title, intro, caption, columns, rows, rest }: Section): string {
  const anchor = id(name);
  return `<section id="${anchor}" aria-labelledby="${anchor}-title">
<h2 id="${anchor}-title">${html(title)}</h2>
<p class="intro">${html(intro)}</p>
<div class="frame" role="region" tabindex="0" aria-labelledby="${anchor}-title">
<table class="sortable">
<caption class="unseen">${html(caption)}</caption>
<thead><tr>${columns.map((column, index) => heading(column, rows[0]?.cells[index])).join('')}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row)).join('\n')}
</tbody>
</table>
</div>
${rest === undefined ? '' : `<p class="rest">${html(rest)}</p>`}
</section>`;
}

function heading({ title, hint, isWide }: Column, like: Cell | undefined): string {
  const kinds = [like?.kind ?? 'text', ...(isWide === true ? ['wide'] : [])].join(' ');
  const title_ = hint === undefined ? '' : ` title="${html(hint)}"`;
  return `<th scope="col" class="${kinds}"${title_}>${html(title)}</th>`;
}

function rowOf({ anchor, cells }: Row): string {
  const name = anchor === undefined ? '' : ` id="${id(anchor)}"`;
  const [first, ...others] = cells;
  const head = first === undefined ? '' : `<th scope="row"${cellOf(first)}</th>`;
  return `<tr${name}>${head}${others.map((cell) => `<td${cellOf(cell)}</td>`).join('')}</tr>`;
}

/** The attributes and the content of a cell, up to its end tag. */
function cellOf(cell: Cell): string {
  switch (cell.kind) {
    case 'number':
      return ` class="number" data-key="${cell.value}">${number(cell.value)}`;
    case 'text':
      return ` class="text">${html(cell.text)}${below(cell.below)}`;
    case 'code': {
      const code = `<code>${breakable(cell.text)}</code>`;
      const shown = cell.target === undefined ? code : `<a href="#${id(cell.target)}">${code}</a>`;
      return ` class="code" data-key="${html(cell.text)}">${shown}${below(cell.below)}`;
    }
    case 'mark':
      return ` class="mark" data-key="${cell.rank}">${mark(cell.tone, cell.text)}`;
    case 'places':
      return ` class="places">${together(cell.places)
        .map((place) => `<span>${breakable(place)}</span>`)
        .join('')}`;
    case 'bar':
      return ` class="bar" data-key="${cell.parts.reduce((sum, { value }) => sum + value, 0)}">${bar(cell.parts)}`;
  }
}

/** `Patient.ndjson:3, 7`, for each file. */
function together(places: readonly Place[]): string[] {
  const files = new Map<string, Set<string>>();
  for (const { file, line } of places) {
    const lines = files.get(file) ?? new Set();
    files.set(file, lines);
    if (line !== undefined) lines.add(String(line));
  }
  return [...files].map(([file, lines]) => (lines.size === 0 ? file : `${file}:${[...lines].join(', ')}`));
}

function below(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<span class="below">${html(text)}</span>`;
}

/** A path may be broken before a dot, and the name of a file after what parts it. */
function breakable(text: string): string {
  return html(text)
    .replace(/[/_-](?=\w)/g, '$&<wbr>')
    .replace(/\.(?=\w)/g, '<wbr>$&');
}
