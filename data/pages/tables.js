// Makes the tables of a section like a spreadsheet: keys lead from cell to cell, and blocks that a spreadsheet copied are pasted. It only fills
// controls in; that they changed is an event as if one had typed.
'use strict';
(() => {
  const form = document.querySelector('form[data-live]');
  const isRightToLeft = document.dir === 'rtl';
  const note = (detail) => form.dispatchEvent(new CustomEvent('note', { detail }));

  function placeOf(control) {
    const cell = control.closest?.('table[data-grid] tbody td');
    if (!cell) return null;
    const rows = [...cell.closest('tbody').rows].filter((row) => !row.hidden);
    return { rows, row: rows.indexOf(cell.parentElement), column: cell.cellIndex };
  }

  function controlIn(cell) {
    const control = cell?.querySelector('input, select, textarea');
    return control && !control.closest('[hidden]') ? control : null;
  }

  /** Where a key leads from a control, by rows and columns; what edits the text or chooses an option leads nowhere. */
  function direction({ key, shiftKey, target }) {
    if (key === 'Enter' && target.matches('input, select')) return [shiftKey ? -1 : 1, 0];
    if (shiftKey || !target.matches('input[type=text], input[type=url], input[type=email]')) return null;
    if (key === 'ArrowDown') return [1, 0];
    if (key === 'ArrowUp') return [-1, 0];
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
    const { value, selectionStart: start, selectionEnd: end } = target;
    const isAhead = (key === 'ArrowRight') !== isRightToLeft;
    // Whatever way its text runs, from a cell that is selected as a whole one goes on.
    const isWhole = start === null || (start === 0 && end === value.length);
    const runsBack = getComputedStyle(target).direction === 'rtl';
    const isToEnd = (key === 'ArrowRight') !== runsBack;
    if (!isWhole && !(isToEnd ? start === value.length : end === 0)) return null;
    return [0, isAhead ? 1 : -1];
  }

  function move(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const place = placeOf(event.target);
    const to = place && direction(event);
    if (!to) return;
    if (to[0]) event.preventDefault();
    let [row, column] = [place.row + to[0], place.column + to[1]];
    while (place.rows[row]?.cells[column]) {
      const next = controlIn(place.rows[row].cells[column]);
      if (next) {
        event.preventDefault();
        next.focus();
        if (next.matches('input')) next.select();
        return;
      }
      [row, column] = [row + to[0], column + to[1]];
    }
  }

  /** The cells of a block that a spreadsheet copied: lines of tabs, with quotes around what holds either. */
  function block(copied) {
    const rows = [[]];
    const cells = copied.replace(/\r\n?/g, '\n').matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g);
    for (const [, quoted, plain, end] of cells) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).trim());
      if (end === '\n') rows.push([]);
      if (!end) break;
    }
    if (rows.length > 1 && !rows.at(-1).join('')) rows.pop();
    return rows;
  }

  /** Puts a copied text into a control; false where it is none of what is offered. */
  function fill(control, copied) {
    if (!control.options) {
      control.value = copied;
      return control.value !== '' || !copied;
    }
    const same = (one) => one.trim().toLocaleLowerCase() === copied.toLocaleLowerCase();
    const option = [...control.options].find((of) => !of.hidden && (same(of.text) || same(of.value)));
    if (option) control.value = option.value;
    return Boolean(option);
  }

  const say = (control, kind) => control.dispatchEvent(new Event(kind, { bubbles: true }));
  let pasted = [];

  function paste(event) {
    const place = placeOf(event.target);
    if (!place) return;
    const rows = block(event.clipboardData.getData('text/plain'));
    const width = Math.max(...rows.map((row) => row.length));
    if (width < 2 && (rows.length < 2 || event.target.matches('textarea'))) return;
    event.preventDefault();
    const room = [place.rows.length - place.row, place.rows[place.row].cells.length - place.column];
    if (rows.length > room[0] || width > room[1]) {
      const told = { rows: rows.length, columns: width, room_rows: room[0], room_columns: room[1] };
      note(form.dataset.tooLarge.replace(/{(\w+)}/g, (_, name) => told[name]));
      return;
    }
    const filled = [];
    let left = 0;
    rows.forEach((row, down) => row.forEach((copied, across) => {
      const control = controlIn(place.rows[place.row + down].cells[place.column + across]);
      if (!control) return;
      const was = control.value;
      if (fill(control, copied)) filled.push([control, was]);
      else {
        control.value = was;
        left += 1;
      }
    }));
    if (left) note(form.dataset.unmatched.replace('{cells}', left));
    tellOf(filled);
    pasted = filled;
  }

  function tellOf(filled) {
    for (const [control] of filled) say(control, 'input');
    if (filled.length) say(filled[0][0], 'change');
  }

  /** What was pasted last can be undone, which browsers do not of what a script fills in. */
  function undo(event) {
    if (!pasted.length || event.key.toLowerCase() !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const undone = pasted;
    for (const [control, was] of undone) control.value = was;
    tellOf(undone);
  }

  form?.addEventListener('keydown', (event) => {
    undo(event);
    move(event);
  });
  form?.addEventListener('paste', paste);
  form?.addEventListener('input', () => { pasted = []; });
})();
