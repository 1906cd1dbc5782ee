// Runs in the browser: shows a div, makes explicit what `innerText` leaves out, kind by kind, and gives the lines that are seen.
// It goes by what the browser computed, and by its model of tables, so that it shares nothing with what it judges.
(() => {
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const fold = (text) => text.replace(/\s+/g, ' ').trim();
  const lines = (element) => element.innerText.split('\n').map(fold).filter(Boolean);
  const struckBy = (element, root) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (getComputedStyle(one).textDecorationLine.includes('line-through')) return one;
      if (one.classList.contains('strikethrough')) return one;
      if (one === root) break;
    }
    return null;
  };
  const roman = (number) => {
    let made = '';
    let rest = number;
    const signs = { m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 };
    for (const [sign, value] of Object.entries(signs)) {
      while (rest >= value) {
        made += sign;
        rest -= value;
      }
    }
    return made;
  };
  const marker = (item) => {
    const style = getComputedStyle(item);
    if (style.display !== 'list-item' || style.listStyleType === 'none') return '';
    if (['disc', 'circle', 'square'].includes(style.listStyleType)) return '- ';
    const siblings = [...item.parentElement.children].filter((one) => one.localName === 'li');
    const number = (item.parentElement.start ?? 1) + siblings.indexOf(item);
    const letter = String.fromCharCode(96 + number);
    const forms = {
      'decimal-leading-zero': String(number).padStart(2, '0'),
      'lower-alpha': letter,
      'lower-latin': letter,
      'upper-alpha': letter.toUpperCase(),
      'upper-latin': letter.toUpperCase(),
      'lower-roman': roman(number),
      'upper-roman': roman(number).toUpperCase(),
    };
    return `${forms[style.listStyleType] ?? number}. `;
  };
  const firstText = (root) => texts(root).find((text) => /\S/.test(text.data));
  const rowsOf = (table) => [...table.rows].filter((row) => row.closest('table') === table);
  const cells = (row) => [...row.cells].filter((cell) => getComputedStyle(cell).display !== 'none');
  const hasTable = (cell) => cell.querySelector('table') !== null;
  const blank = (like) => document.createElementNS('http://www.w3.org/1999/xhtml', like.localName);
  const inSections = (table) => {
    const sections = new Map();
    for (const row of rowsOf(table)) {
      if (!sections.has(row.parentElement)) sections.set(row.parentElement, []);
      sections.get(row.parentElement).push(row);
    }
    return [...sections.values()];
  };
  const isHead = (row, index, rows) =>
    row.parentElement.localName === 'thead' ||
    (row.closest('table').tHead === null &&
      rows.slice(0, index + 1).every((one) => cells(one).every((cell) => cell.localName === 'th')));

  const EXPLICIT = {
    'text alone': (root) => {
      if (root.firstElementChild === null) root.style.whiteSpace = 'pre-wrap';
    },
    image: (root) => {
      for (const image of root.querySelectorAll('img')) image.replaceWith(image.getAttribute('alt') ?? '');
    },
    'raised or lowered': (root) => {
      for (const script of [...root.querySelectorAll('sup, sub')].reverse()) {
        const sign = script.localName === 'sup' ? '^' : '_';
        const words = fold(script.textContent);
        if (words === '' || /^[®™©℠]$/.test(words)) continue;
        const range = document.createRange();
        range.selectNodeContents(root);
        range.setStartAfter(script);
        const next = range.toString();
        const alone =
          /^[+\-\u2212]?([\p{L}\p{N}]|\.(?=\p{N}))+[+\-\u2212]?$/u.test(words) && !/^[.,]?[\p{L}\p{N}]/u.test(next);
        script.replaceWith(alone ? `${sign}${words}` : `${sign}(${words})`);
      }
    },
    'struck out': (root) => {
      for (const text of texts(root)) {
        if (/\S/.test(text.data) && struckBy(text.parentElement, root) !== null)
          text.data = text.data.replace(/\S(?:.*\S)?/s, (words) => `[struck out: ${words}]`);
      }
    },
    'list marker': (root) => {
      // R4's classes stand in HL7's stylesheet, which is not here.
      const styles = { arabic: 'decimal', unlist: 'none', disc: 'disc', circle: 'circle', square: 'square' };
      for (const size of ['little', 'big'])
        for (const kind of ['roman', 'alpha'])
          styles[`${size}-${kind}`] = `${size === 'big' ? 'upper' : 'lower'}-${kind}`;
      for (const [name, style] of Object.entries(styles))
        for (const list of root.querySelectorAll(`ol.${name}, ul.${name}, li.${name}`))
          list.style.listStyleType = style;
      for (const item of [...root.querySelectorAll('li')].reverse()) {
        const first = firstText(item);
        if (first !== undefined) first.data = first.data.replace(/\S/, (sign) => `${marker(item)}${sign}`);
      }
    },
    'lines of a cell': (root) => {
      for (const cell of [...root.querySelectorAll('td, th')].reverse()) {
        const row = cell.closest('tr');
        const others = cells(row).length > 1 || row.hasAttribute('data-reached');
        if (!others) continue;
        // What stands between the tables of a cell is a line of its own.
        const parts = [document.createElement('div')];
        const part = (node) => {
          if (node.localName === 'table') parts.push(node, document.createElement('div'));
          else if (node instanceof Element && hasTable(node)) for (const below of [...node.childNodes]) part(below);
          else parts.at(-1).append(node);
        };
        for (const node of [...cell.childNodes]) part(node);
        cell.replaceChildren(...parts);
        const words = parts.filter((part) => part.localName === 'div' && !hasTable(part));
        for (const part of words) part.replaceWith(lines(part).join(' | '));
      }
    },
    'spanned rows and columns': (root) => {
      for (const table of [...root.querySelectorAll('table')].reverse()) {
        for (const rows of inSections(table)) {
          let above = [];
          for (const [index, row] of rows.entries()) {
            const isHeadRow = isHead(row, index, rows);
            const own = cells(row);
            const made = [];
            const next = [];
            for (let column = 0, used = 0; used < own.length || above.length > column; column += 1) {
              const reaching = above[column];
              if (reaching !== undefined && reaching.left > 0) {
                const again = reaching.first ? reaching.cell.cloneNode(true) : blank(reaching.cell);
                made.push(again);
                row.setAttribute('data-reached', '');
                if (reaching.left > 1) next[column] = { ...reaching, left: reaching.left - 1 };
                continue;
              }
              const cell = own[used];
              if (cell === undefined) {
                made.push(null);
                continue;
              }
              used += 1;
              const { colSpan, rowSpan } = cell;
              const left = (rowSpan === 0 ? rows.length : rowSpan) - 1;
              for (let at = 0; at < colSpan; at += 1) {
                const repeats = at > 0 && isHeadRow && own.length > 1;
                made.push(at === 0 ? cell : repeats ? cell.cloneNode(true) : blank(cell));
                if (left > 0) next[column + at] = { cell: cell.cloneNode(true), first: at === 0, left };
              }
              column += colSpan - 1;
            }
            while (made.at(-1) === null) made.pop();
            const says = own.some((cell) => fold(cell.innerText) !== '');
            row.replaceChildren(...made.map((cell) => cell ?? blank({ localName: 'td' })));
            for (const cell of row.cells) {
              cell.colSpan = 1;
              cell.rowSpan = 1;
            }
            row.setAttribute('data-spans', own.map((cell) => cell.colSpan + cell.rowSpan).join());
            if (!says) row.remove();
            above = next;
          }
        }
      }
    },
    'foot before body': (root) => {
      for (const table of root.querySelectorAll('table')) {
        for (const foot of [...table.children].filter((one) => one.localName === 'tfoot')) table.append(foot);
        for (const head of [...table.children].filter((one) => one.localName === 'thead').reverse()) {
          const caption = table.querySelector(':scope > caption');
          if (caption === null) table.prepend(head);
          else caption.after(head);
        }
      }
    },
    'heads of two levels': (root) => {
      for (const table of root.querySelectorAll('table')) {
        for (const [at, rows] of inSections(table).entries()) {
          if (at > 0 && rows[0].parentElement.localName !== 'thead') continue;
          const heads = rows.filter(isHead);
          if (heads.length === rows.length && rows[0].parentElement.localName !== 'thead') continue;
          const levels = heads.slice(heads.findIndex((row) => row.hasAttribute('data-many')));
          if (levels.length < 2 || !levels.slice(0, -1).some((row) => row.hasAttribute('data-wide'))) continue;
          const width = Math.max(...levels.map((row) => row.cells.length));
          const joined = levels[0];
          const words = Array.from({ length: width }, (_, column) => {
            const said = levels.map((row) =>
              row.cells[column] === undefined ? '' : lines(row.cells[column]).join(' | '),
            );
            return said.filter((one, index) => one !== '' && one !== said[index - 1]).join(' ');
          });
          joined.replaceChildren(
            ...words.map((text) => {
              const cell = blank({ localName: 'th' });
              cell.textContent = text;
              return cell;
            }),
          );
          for (const row of levels.slice(1)) row.remove();
        }
      }
    },
  };

  const place = (div, syntax) => {
    const parsed = new DOMParser().parseFromString(div, 'application/xhtml+xml').documentElement;
    const isXhtml = syntax === 'xhtml' && parsed.querySelector('parsererror') === null && parsed.localName === 'div';
    const root = isXhtml ? document.importNode(parsed, true) : document.createElement('div');
    if (!isXhtml) root.innerHTML = div;
    document.body.replaceChildren(root);
    return root;
  };

  /** The `innerText` of divs, parsed as XHTML or set as HTML. */
  globalThis.plainly = (divs, syntax) => divs.map((div) => place(div, syntax).innerText);

  globalThis.KINDS = Object.keys(EXPLICIT);

  /** The lines that are seen of a div, with some kinds made explicit. What is no XHTML is taken as HTML. */
  globalThis.seen = (div, kinds) => {
    const root = place(div, 'xhtml');
    for (const row of root.querySelectorAll('tr')) {
      if (row.cells.length > 1) row.setAttribute('data-many', '');
      if ([...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan !== 1)) row.setAttribute('data-wide', '');
    }
    for (const kind of kinds) EXPLICIT[kind](root);
    return root.innerText;
  };
})();
