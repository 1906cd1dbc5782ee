/** What the page does: sorting, searching, and the switch of colours. Without it all is there to be read, in the order of the report. */
export const SCRIPT = `
(() => {
  'use strict';
  const collator = new Intl.Collator('en', { numeric: true });
  const status = document.getElementById('status');
  const search = document.getElementById('search');
  const tables = [...document.querySelectorAll('table.sortable')];

  const keyOf = (row, column, isNumber) => {
    const cell = row.cells[column];
    const key = cell.dataset.key ?? cell.textContent;
    return isNumber ? Number(key) : key;
  };
  const sort = (table, column, head, name) => {
    const isNumber = ['number', 'mark', 'bar'].some((kind) => head.classList.contains(kind));
    const before = head.getAttribute('aria-sort');
    const first = isNumber && !head.classList.contains('mark') ? 'descending' : 'ascending';
    const other = first === 'ascending' ? 'descending' : 'ascending';
    const order = before === first ? other : first;
    const sign = order === 'ascending' ? 1 : -1;
    const compare = isNumber ? (a, b) => a - b : collator.compare;
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [keyOf(row, column, isNumber), row]);
    rows.sort(([a], [b]) => sign * compare(a, b));
    const sorted = document.createDocumentFragment();
    for (const [, row] of rows) sorted.append(row);
    body.append(sorted);
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', order);
    status.textContent = 'Sorted by ' + name + ', ' + order;
  };
  for (const table of tables) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const name = head.textContent;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => sort(table, column, head, name));
    });
  }

  const parts = tables.map((table) => ({
    section: table.closest('section'),
    count: document.querySelector('nav a[href="#' + table.closest('section').id + '"] .count'),
    rows: [...table.tBodies[0].rows].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
  const find = () => {
    const words = search.value.toLowerCase().split(' ').filter((word) => word !== '');
    let [found, all] = [0, 0];
    for (const { section, count, rows } of parts) {
      let here = 0;
      for (const { row, text } of rows) {
        const isFound = words.every((word) => text.includes(word));
        row.hidden = !isFound;
        if (isFound) here += 1;
      }
      section.hidden = here === 0;
      count.textContent = here.toLocaleString('en-US');
      found += here;
      all += rows.length;
    }
    const text = found.toLocaleString('en-US') + ' of ' + all.toLocaleString('en-US') + ' rows';
    status.textContent = words.length === 0 ? '' : found === 0 ? 'No row has all of these words' : text;
  };
  search.addEventListener('input', find);
  document.getElementById('searching').hidden = tables.length === 0;

  // A link may lead to a row that the search has hidden.
  window.addEventListener('hashchange', () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null || target.closest('[hidden]') === null) return;
    search.value = '';
    find();
    target.scrollIntoView();
  });

  const themes = document.getElementById('themes');
  themes.hidden = false;
  themes.addEventListener('change', (event) => {
    document.documentElement.dataset.theme = event.target.value;
  });
})();
`;
