(() => {
  'use strict';
  const make = (name, set = {}, ...content) => {
    const element = Object.assign(document.createElement(name), set);
    element.append(...content);
    return element;
  };
  const said = document.getElementById('said');

  // --- Tables: sorted by the buttons in their headings, filtered by a word

  const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const nothing = '–';

  function keyOf(row, column, isNumber) {
    const cell = row.cells[column];
    const key = cell.dataset.sort ?? cell.textContent;
    if (key === '' || key === nothing) return null;
    if (!isNumber) return key;
    return Number.isNaN(Number(key)) ? null : Number(key);
  }

  function sortRows(rows, column, isNumber, direction) {
    const keyed = rows.map(row => [keyOf(row, column, isNumber), row]);
    keyed.sort(([a], [b]) => {
      // What is missing comes last, whichever way the rest is sorted.
      if (a === null || b === null) return (a === null) - (b === null);
      return direction * (isNumber ? a - b : words.compare(a, b));
    });
    return keyed.map(([, row]) => row);
  }

  for (const table of document.querySelectorAll('.table table')) {
    const body = table.tBodies[0];
    const asWritten = [...body.rows];
    if (asWritten.length < 2) continue;
    const title = table.closest('.table').querySelector('h3').firstChild.data.trim();
    const headings = [...table.tHead.rows[0].cells];
    const restore = make('button', { type: 'button', hidden: true }, 'Original order');

    headings.forEach((heading, column) => {
      const name = heading.textContent;
      const button = make('button', { type: 'button' }, name);
      heading.replaceChildren(button);
      button.addEventListener('click', () => {
        const up = heading.getAttribute('aria-sort') !== 'ascending';
        headings.forEach(other => other.removeAttribute('aria-sort'));
        heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const isNumber = heading.classList.contains('number');
        body.append(...sortRows(asWritten, column, isNumber, up ? 1 : -1));
        restore.hidden = false;
        said.textContent = `${title}: sorted by ${name}, ${up ? 'ascending' : 'descending'}`;
      });
    });
    restore.addEventListener('click', () => {
      headings.forEach(heading => heading.removeAttribute('aria-sort'));
      body.append(...asWritten);
      said.textContent = `${title}: in original order`;
      headings[0].firstChild.focus();
      restore.hidden = true;
    });

    const tools = make('div', { className: 'tools' });
    if (asWritten.length > 8) {
      const box = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
      box.setAttribute('aria-label', `${title}: rows with`);
      const shown = make('span', { className: 'shown' });
      const plain = text => text.normalize('NFKC').toLowerCase().trim().replace(/ +/g, ' ');
      const texts = new Map(asWritten.map(row => [
        row, plain([...row.cells].map(cell => cell.textContent).join('\n')),
      ]));
      box.addEventListener('input', () => {
        const wanted = plain(box.value);
        let number = 0;
        for (const [row, text] of texts) {
          row.hidden = !text.includes(wanted);
          number += !row.hidden;
        }
        shown.textContent = wanted ? `${number} of ${texts.size} rows` : '';
        said.textContent = `${title}: ${number} of ${texts.size} rows`;
      });
      tools.append(make('label', {}, 'Rows with', box), shown);
    }
    tools.append(restore);
    table.closest('.scroll').before(tools);
  }

  // --- Evidence: the place in the article that a number or a line comes from

  const viewer = document.getElementById('viewer');
  const part = name => viewer.querySelector(`.${name}`);
  const [head, label, from, box] = [
    viewer.querySelector('h2'), part('viewer-label'), part('viewer-from'), part('viewer-text'),
  ];
  const [previous, next, whole, count] = [
    part('previous'), part('next'), part('whole'), part('place-in-table'),
  ];
  const links = [...document.querySelectorAll('a.evidence')];
  let link = null;    // the one that was followed
  let id = '';        // of the place shown
  let passages = [];  // of its article
  let first = 0;      // of the passages shown
  let last = 0;
  let isWhole = false;

  const placeOf = anchor => {
    const place = document.getElementById(anchor);
    return place?.classList.contains('place') ? place : null;
  };
  const anchorOf = address => address.replace(/^#/, '');

  /** Links in the same table that are shown, in the order in which they stand. */
  function neighbours() {
    const table = link?.closest('table');
    return table
      ? [...table.querySelectorAll('tr:not([hidden]) a.evidence')]
      : [];
  }

  /** A copy of a passage in which only the place shown is marked. */
  function copyOf(passage) {
    const copy = passage.cloneNode(true);
    let holds = false;
    for (const place of copy.querySelectorAll('.place')) {
      const isShown = place.id === id || place.dataset.of === id;
      holds ||= isShown;
      const content = [...place.childNodes];
      place.replaceWith(...(isShown ? [make('mark', {}, ...content)] : content));
    }
    copy.normalize();
    if (!holds) copy.classList.add('beside');
    return copy;
  }

  function fill() {
    const [begin, end] = isWhole ? [0, passages.length - 1] : [first, last];
    box.replaceChildren(...passages.slice(begin, end + 1).map(copyOf));
    const more = (words, grow) => {
      const button = make('button', { type: 'button' }, words);
      button.addEventListener('click', () => {
        grow();
        fill();
        // The button may be gone with the last passage: the text keeps the focus.
        ([...box.querySelectorAll('button')].find(one => one.textContent === words) ?? box).focus();
      });
      return button;
    };
    if (begin > 0) box.prepend(more('Passage before', () => { first -= 1; }));
    if (end < passages.length - 1) box.append(more('Passage after', () => { last += 1; }));
    whole.setAttribute('aria-pressed', String(isWhole));
    whole.hidden = passages.length < 2;
  }

  const toMark = () => box.querySelector('mark')?.scrollIntoView({ block: 'center', behavior: 'instant' });

  function show(anchor, followed) {
    const place = placeOf(anchor);
    if (!place) return false;
    [id, link, isWhole] = [anchor, followed ?? links.find(one => one.hash === `#${anchor}`), false];
    const article = place.closest('.article');
    const [name, headline] = article.querySelectorAll('summary bdi');
    passages = [...article.querySelectorAll('.passage')];
    first = last = passages.indexOf(place.closest('.passage'));
    while (passages[last + 1]?.querySelector(`[data-of="${CSS.escape(anchor)}"]`)) last += 1;

    head.dir = label.dir = 'auto';
    head.textContent = (headline ?? name).textContent;
    label.textContent = headline ? name.textContent : '';
    const [, start, end] = anchor.match(/-(\d+)-(\d+)$/);
    from.replaceChildren(
      ...[...article.querySelector('.from').cloneNode(true).childNodes], ` · characters ${start}–${end}`,
    );
    const others = neighbours();
    const at = others.indexOf(link);
    count.textContent = at < 0 ? '' : `${at + 1} of ${others.length}`;
    previous.disabled = at < 1;
    next.disabled = at < 0 || at === others.length - 1;
    fill();
    if (!viewer.open) {
      viewer.showModal();
      head.focus();
    }
    toMark();
    return true;
  }

  /** The address names the place, to be shared; some viewers of files forbid to change it. */
  function name(hash) {
    try {
      history.replaceState(null, '', hash || location.pathname + location.search);
    } catch { /* shown all the same */ }
  }

  function step(by) {
    const others = neighbours();
    const other = others[others.indexOf(link) + by];
    if (!other) return;
    show(anchorOf(other.hash), other);
    name(other.hash);
    // A button that can do no more would lose the focus to nothing.
    if (!viewer.contains(document.activeElement) || document.activeElement.disabled) head.focus();
  }

  links.forEach(one => one.setAttribute('aria-haspopup', 'dialog'));
  document.addEventListener('click', event => {
    const one = event.target.closest?.('a.evidence');
    if (!one || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (show(anchorOf(one.hash), one)) {
      event.preventDefault();
      name(one.hash);
    }
  });
  previous.addEventListener('click', () => step(-1));
  next.addEventListener('click', () => step(1));
  whole.addEventListener('click', () => {
    isWhole = !isWhole;
    fill();
    toMark();
  });
  part('close').addEventListener('click', () => viewer.close());
  viewer.addEventListener('click', event => {
    if (event.target === viewer) viewer.close();  // on the ground around it
  });
  viewer.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });
  viewer.addEventListener('close', () => {
    name('');
    link?.focus();
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  });
  const fromAddress = () => show(anchorOf(location.hash));
  addEventListener('hashchange', fromAddress);
  fromAddress();
})();
