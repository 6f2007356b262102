// Saves the form of a section as one types. What is asked, offered and wrong is said by the server alone: each save answers it. Without a
// connection, what was typed is kept in this browser, and sent later.
'use strict';
(() => {
  const lang = document.documentElement.lang;
  const locale = { en: 'en-GB', ar: 'ar-u-nu-latn' }[lang] ?? lang;
  const time = (when) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23' }).format(new Date(when));
  const byId = (id) => document.getElementById(id);
  const make = (name, className, ...content) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...content);
    return element;
  };

  // What could not be sent yet is kept under the person's key and the section's path.
  const KEPT = 'rapporteur:';
  const KEPT_FOR = 30 * 24 * 3600e3;
  const kept = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(key, value) {
      try {
        if (value) localStorage.setItem(key, JSON.stringify(value));
        else localStorage.removeItem(key);
      } catch { /* The page still holds it. */ }
    },
    dropOld() {
      try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
        for (const key of keys) if (!(Date.now() - kept.read(key)?.time < KEPT_FOR)) localStorage.removeItem(key);
      } catch { /* Nothing is kept. */ }
    },
  };

  const form = document.querySelector('form[data-live]');
  if (!form) return;
  const words = form.dataset;
  const live = byId('live');
  const shownAt = form.elements.namedItem('position');
  const textLang = form.elements.namedItem('text_lang');
  const key = `${KEPT}${words.person}:${new URL(form.action).pathname}`;

  // Everything is found once, by its address: a save costs what it changes, however large the section is.
  const fields = new Map();
  const asked = new Map();
  const checks = new Map();
  const outputs = new Map();
  const faultBoxes = new Map();
  const changed = new Set();
  let hidden = new Set();
  let unoffered = new Set();
  let wrong = new Map();
  // The position as of which the page shows the reply. A field may have its own: `since`, an older one, where a colleague changed what is being
  // typed here; `until`, a newer one, where it alone was saved.
  let position = Number(shownAt.value);
  const basis = (field) => field.since ?? Math.max(position, field.until ?? 0);

  const isTick = (control) => control.type === 'checkbox' || control.type === 'radio';
  const isGiven = (control) => (isTick(control) ? control.checked : control.value !== '');
  const pairs = (field) => field.controls.filter(isGiven).map((control) => [control.name, control.value]);
  const text = (field) => JSON.stringify(pairs(field));
  const fieldOf = (control) => fields.get(control?.name?.slice(2));
  const of = (field, kind) => field.controls.filter((control) => control.name[0] === kind);

  function given(control) {
    if (isTick(control)) return control.defaultChecked ? control.value : '';
    if (control.options) return [...control.options].find((option) => option.defaultSelected)?.value ?? '';
    return control.defaultValue;
  }

  function find() {
    for (const element of form.querySelectorAll('[data-q]')) {
      const { q } = element.dataset;
      (q.startsWith('checks.') ? checks : asked).set(q, element);
      if (element.hidden) hidden.add(q);
    }
    for (const output of form.querySelectorAll('[data-output]')) outputs.set(output.dataset.output, output);
    for (const box of form.querySelectorAll('.faults')) {
      const address = box.id.slice(2);
      faultBoxes.set(address, { box, order: faultBoxes.size });
      if (box.firstElementChild) wrong.set(address, []);
    }
    for (const control of form.elements) {
      const [, address] = /^[anmfc]\.(.+)$/.exec(control.name) ?? [];
      if (!address) continue;
      if (!fields.has(address)) fields.set(address, { address, controls: [], details: [], box: byId(`f-${address}`) });
      fields.get(address).controls.push(control);
    }
    for (const field of fields.values()) {
      const held = field.controls.map((control) => [control.name, given(control)]);
      field.saved = JSON.stringify(held.filter(([, value]) => value !== ''));
      const [, parent, option] = /^(.+)\.([^.]+)$/.exec(field.address) ?? [];
      if (field.box?.classList.contains('detail')) fields.get(parent)?.details.push([option, field.address]);
      // What the browser itself put back after a reload is sent.
      touch(field);
    }
    for (const clear of form.querySelectorAll('[name=clear]')) fields.get(clear.value).clear = clear;
  }

  function touch(field) {
    const now = text(field);
    if (now === field.saved) changed.delete(field);
    else changed.add(field);
    const chosen = new Set(of(field, 'a').filter(isGiven).map((control) => control.value));
    for (const [option, address] of field.details) hide(address, !chosen.has(option));
    if (field.clear) field.clear.hidden = !chosen.size;
    if (field.controls[0].closest('.ranking')) rank(of(field, 'a'));
  }

  /** What stands in one place of a ranking is not offered in another. */
  function rank(places) {
    for (const place of places) for (const option of place.options) {
      option.disabled = option.value !== '' && places.some((other) => other !== place && other.value === option.value);
    }
  }

  function hide(address, isHidden) {
    if (isHidden) hidden.add(address);
    else hidden.delete(address);
    const element = asked.get(address);
    if (element) element.hidden = isHidden;
  }

  /** Puts values, by the names of controls, into a field. */
  function put(field, values) {
    for (const control of field.controls) {
      const list = values[control.name] ?? [];
      if (isTick(control)) control.checked = list.includes(control.value);
      else control.value = list.shift() ?? '';
    }
    touch(field);
  }

  function putInput(field, { values, currency, missing, flags, comment }) {
    const of = (kind) => `${kind}.${field.address}`;
    put(field, { [of('a')]: [...values], [of('n')]: [currency], [of('m')]: [missing], [of('f')]: flags, [of('c')]: [comment] });
    if (missing || flags.length || comment) for (const control of field.controls) open(control, '.marks');
    field.saved = text(field);
    changed.delete(field);
  }

  /** Opens what a control stands in, if that can be closed. */
  function open(control, of = '') {
    const box = control.closest(`details${of}`);
    if (box) box.open = true;
  }

  /** What a control says, others then do not. */
  function settle(control) {
    const field = fieldOf(control);
    const kind = control.name[0];
    if (!isGiven(control)) return;
    const clear = (other) => {
      if (other === control) return;
      if (isTick(other)) other.checked = false;
      else other.value = '';
    };
    if (kind === 'm') ['a', 'n', 'm', 'f'].flatMap((other) => of(field, other)).forEach(clear);
    if (kind === 'a' || kind === 'n' || kind === 'f') of(field, 'm').forEach(clear);
    if (kind === 'a' && control.type === 'checkbox') {
      const isAlone = 'exclusive' in control.dataset;
      of(field, 'a').filter((other) => isAlone || 'exclusive' in other.dataset).forEach(clear);
    }
  }

  function tell(said, isWrong = false) {
    live.replaceChildren(said);
    live.classList.toggle('wrong', isWrong);
  }

  // Saving: one request after the other, in each whatever has changed until then.
  let saving = null;
  let timer;
  let failures = 0;
  let mayLeave = false;
  let isOver = false;
  let heard = Date.now();
  let note = '';

  function save(isAsking = false) {
    clearTimeout(timer);
    saving ??= run(isAsking).finally(() => { saving = null; });
    return saving;
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  async function run(isAsking) {
    for (;;) {
      const open = [...changed].filter((field) => !field.conflict && text(field) !== field.refused);
      if (!open.length && !isAsking) return true;
      const at = open.length ? basis(open[0]) : position;
      const sent = new Map(open.filter((field) => basis(field) === at).map((field) => [field, pairs(field)]));
      if (open.length) tell(words.saving);
      if (!(await post(sent, at))) return false;
      isAsking = false;
    }
  }

  async function post(sent, at) {
    const body = new URLSearchParams({ answer: 'json', position: at, text_lang: textLang.value });
    if (form.elements.namedItem('check')) body.append('check', '1');
    if (!sent.size) body.append('only', '');
    for (const [field, given] of sent) {
      body.append('only', field.address);
      for (const [name, value] of given) body.append(name, value);
    }
    let response;
    try {
      response = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual' });
      if (response.ok) {
        apply(sent, at, await response.json());
        return true;
      }
    } catch {
      return failed(words.offline);
    }
    const { status } = response;
    if (status === 401 || response.type === 'opaqueredirect') return signedOut();
    if (status === 408 || status === 429 || status >= 500) return failed(words.later, response.headers.get('Retry-After') * 1000);
    const told = await response.json().catch(() => ({}));
    keep();
    tell(words.unsaved.replace('{reason}', told.problem ?? status), true);
    return false;
  }

  function failed(said, wait = 0) {
    if (!changed.size) return false;
    keep();
    tell(said, true);
    failures += 1;
    later(Math.max(wait, Math.min(60e3, 1e3 * 2 ** failures) * (0.75 + Math.random() / 2)));
    return false;
  }

  function signedOut() {
    keep();
    const link = make('a', '', words.signIn);
    link.href = `/sign-in?to=${encodeURIComponent(location.pathname)}`;
    link.addEventListener('click', () => { mayLeave = true; });
    tell(words.signedOut, true);
    live.append(' ', link);
    return false;
  }

  function keep() {
    if (isOver) return;
    const given = [...changed].map((field) => [field.address, basis(field), pairs(field)]);
    kept.write(key, given.length ? { time: Date.now(), lang: textLang.value, given } : null);
  }

  function putBack() {
    kept.dropOld();
    const held = kept.read(key);
    if (!held) return;
    textLang.value = held.lang;
    for (const [address, since, given] of held.given) {
      const field = fields.get(address);
      if (!field) continue;
      const values = {};
      for (const [name, value] of given) (values[name] ??= []).push(value);
      put(field, values);
      if (changed.has(field)) field.since = since;
    }
    keep();
  }

  function apply(sent, at, answer) {
    const isLatest = at === position;
    const conflicts = new Map(answer.conflicts.map((conflict) => [conflict.address, conflict]));
    const settled = (field) => {
      delete field.since;
      field.until = answer.position;
    };
    for (const [field, given] of sent) {
      const was = JSON.stringify(given);
      field.refused = answer.refused.includes(field.address) ? was : null;
      field.told = field.refused && answer.faults[field.address];
      if (conflicts.has(field.address)) disagree(field, conflicts.get(field.address), answer.position);
      else if (!field.refused) {
        field.saved = was;
        settled(field);
        touch(field);
      }
    }
    for (const [address, input] of Object.entries(answer.others)) {
      const field = fields.get(address);
      if (!field) continue;
      if (field.conflict) Object.assign(field.conflict, { input, position: answer.position });
      else if (!changed.has(field)) {
        putInput(field, input);
        settled(field);
      } else if (isLatest && !sent.has(field)) field.since ??= at;
    }
    if (isLatest) shownAt.value = position = answer.position;
    showAsked(answer);
    showOffered(answer.unoffered);
    for (const [address, shown] of Object.entries(answer.calculated)) if (outputs.has(address)) outputs.get(address).value = shown;
    for (const [address, output] of outputs) if (!(address in answer.calculated)) output.value = '';
    // What was refused before is still as it was typed, and not saved.
    for (const field of changed) if (field.told && field.refused) answer.faults[field.address] ??= field.told;
    showFaults(answer.faults);
    failures = 0;
    heard = Date.now();
    keep();
    sayWhere(answer.time);
  }

  function sayWhere(when) {
    const open = [...changed];
    if (open.some((field) => field.conflict)) tell(words.conflict, true);
    else if (open.some((field) => field.refused)) tell(words.refused, true);
    else tell(`${words.saved.replace('{time}', time(when))} ${note}`);
    note = '';
  }

  function showAsked(answer) {
    const next = new Set(answer.hidden);
    for (const address of hidden) if (!next.has(address)) hide(address, false);
    for (const address of next) if (!hidden.has(address)) hide(address, true);
    const explained = new Set(answer.explanations);
    for (const [address, element] of checks) {
      const field = fields.get(address);
      element.hidden = !explained.has(address) && (next.has(address) || !field || !pairs(field).length);
    }
    // What was chosen meanwhile asks for its words.
    changed.forEach(touch);
    // What was shown already is no news when one goes on.
    form.elements.namedItem('hidden').value = answer.hidden.filter((address) => !address.includes('.')).join(' ');
  }

  function showOffered(pairs) {
    const next = new Set(pairs.map((pair) => pair.join('\n')));
    const show = (pair, isOffered) => {
      const [address, value] = pair.split('\n');
      const field = fields.get(address);
      for (const control of field ? of(field, 'a') : []) {
        if (control.options) for (const option of control.options) {
          if (option.value === value) option.hidden = !isOffered && !option.selected;
        } else if (control.value === value) control.closest('.option').hidden = !isOffered && !control.checked;
      }
    };
    for (const pair of unoffered) if (!next.has(pair)) show(pair, true);
    for (const pair of next) show(pair, false);
    unoffered = next;
  }

  function showFaults(faults) {
    const next = new Map(Object.entries(faults).filter(([address, told]) => told.length && faultBoxes.has(address)));
    let isSame = next.size === wrong.size;
    for (const address of new Set([...wrong.keys(), ...next.keys()])) {
      const told = next.get(address) ?? [];
      if (told.join('\n') === wrong.get(address)?.join('\n')) continue;
      isSame = false;
      const { box } = faultBoxes.get(address);
      box.replaceChildren(...told.map((fault) => make('p', '', make('span', 'visually-hidden', words.fault), ` ${fault}`)));
      box.hidden = !told.length;
      const field = fields.get(address);
      field?.box?.classList.toggle('wrong', told.length > 0);
    }
    wrong = next;
    if (isSame) return;
    const order = (line) => faultBoxes.get(line[0]).order;
    const lines = [...next].sort((one, other) => order(one) - order(other));
    const summary = byId('summary');
    summary.hidden = !lines.length;
    summary.querySelector('ul').replaceChildren(...lines.flatMap(([address, told]) => told.map((fault) => {
      const about = make('strong', '', label(address));
      about.dir = 'auto';
      const link = make('a', '', about, ' ', make('span', '', fault));
      link.href = `#f-${address}`;
      return make('li', '', link);
    })));
  }

  function label(address) {
    const box = byId(`f-${address}`);
    const named = box.querySelector('[aria-label]');
    const title = box.querySelector('.asked, .detail > label');
    if (!title) return named?.getAttribute('aria-label') ?? box.querySelector('label')?.textContent ?? address;
    const shown = title.cloneNode(true);
    shown.querySelector('.required')?.remove();
    return shown.textContent.trim();
  }

  /** A colleague changed it too: theirs stands beside it, and one of the two is chosen. */
  function disagree(field, { theirs, input }, at) {
    const button = (said, choose) => {
      const element = make('button', 'small quiet', said);
      element.type = 'button';
      element.addEventListener('click', () => {
        const { conflict } = field;
        field.conflict = null;
        conflict.box.remove();
        choose(conflict);
        (field.controls.find((control) => control.checked) ?? field.controls[0]).focus();
        sayWhere(Date.now());
        save();
      });
      return element;
    };
    field.conflict?.box.remove();
    const take = button(words.take, (conflict) => {
      putInput(field, conflict.input);
      delete field.since;
      field.until = conflict.position;
      keep();
    });
    const keepMine = button(words.keep, (conflict) => {
      field.since = conflict.position;
      field.refused = null;
    });
    const box = make('div', 'conflict', make('p', '', make('strong', '', words.theirs), ` ${theirs}`), take, ' ', keepMine);
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', `${words.conflict} ${label(field.address)}`);
    field.box.append(box);
    field.conflict = { box, input, position: at };
  }

  let isGoing = false;
  /** What a button of the form does, it does when all is saved. */
  async function go(button) {
    if (isGoing) return;
    isGoing = true;
    const active = fieldOf(document.activeElement);
    if (active) touch(active);
    for (const field of changed) field.refused = null;
    while (saving) await saving;
    const isSaved = await save();
    isGoing = false;
    const conflict = [...changed].find((field) => field.conflict);
    if (conflict) conflict.conflict.box.querySelector('button').focus();
    else if (isSaved && changed.size) byId('summary').focus();
    else if (isSaved && button?.value !== 'stay') {
      mayLeave = true;
      // While a form is being submitted it cannot be again.
      setTimeout(() => form.requestSubmit(button));
    }
  }

  /** States stand in the order of their names in the language of the page. */
  function sort(list) {
    const { compare } = new Intl.Collator(lang);
    const name = (element) => element.textContent.trim();
    const sorted = [...list.children].sort((one, other) => compare(name(one), name(other)));
    const chosen = list.value;
    list.append(...sorted);
    if (list.options) list.value = chosen;
  }

  form.querySelectorAll('[data-sorted]').forEach(sort);
  find();
  putBack();
  if (changed.size) save();

  // An amount is not wrong before one has come to its currency.
  const isOnTheWay = (field, to) => of(field, 'n').length && fieldOf(to) === field && /^[an]/.test(to.name);
  form.addEventListener('input', ({ target }) => {
    const field = fieldOf(target);
    if (!field) return;
    isOver = false;
    settle(target);
    touch(field);
    if (target.matches('textarea')) later(1500);
  });
  form.addEventListener('change', ({ target }) => {
    const field = fieldOf(target);
    if (!field) return;
    settle(target);
    touch(field);
    setTimeout(() => { if (!isOnTheWay(field, document.activeElement)) save(); });
  });
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    const field = fieldOf(target);
    if (field && changed.has(field) && !isOnTheWay(field, relatedTarget)) save();
  });
  form.addEventListener('note', ({ detail }) => {
    note = detail;
    tell(note, true);
  });
  form.addEventListener('click', (event) => {
    if (event.target.name !== 'clear') return;
    event.preventDefault();
    const field = fields.get(event.target.value);
    for (const control of of(field, 'a')) control.checked = false;
    of(field, 'a')[0].focus();
    touch(field);
    save();
  });
  form.addEventListener('submit', (event) => {
    if (mayLeave) return;
    event.preventDefault();
    go(event.submitter);
  });
  byId('summary').addEventListener('click', (event) => {
    const field = fields.get(event.target.closest('a')?.hash.slice(3));
    if (!field) return;
    event.preventDefault();
    open(field.controls[0]);
    field.box.scrollIntoView({ block: 'center' });
    field.controls[0].focus({ preventScroll: true });
  });
  // Whoever goes elsewhere goes when what they typed last is saved; what cannot be saved warns before.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || link.hash || !changed.size || mayLeave || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    save().then(() => location.assign(link.href));
  });
  document.addEventListener('submit', (event) => {
    if (event.target === form || !changed.size || isOver) return;
    event.preventDefault();
    save().then(() => {
      isOver = true;
      setTimeout(() => event.target.requestSubmit(event.submitter));
    });
  });
  addEventListener('online', () => { if (changed.size) save(); });
  addEventListener('pageshow', () => { mayLeave = false; });
  addEventListener('beforeunload', (event) => { if (changed.size && !mayLeave) event.preventDefault(); });
  document.addEventListener('visibilitychange', () => {
    // Who comes back after a while sees what colleagues did meanwhile.
    if (document.hidden || changed.size) save();
    else if (Date.now() - heard > 30e3) save(true);
  });
})();
