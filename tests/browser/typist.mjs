// Somebody with a keyboard and nothing else: what they press, where it leads them, and that they always see where they are.
import assert from 'node:assert/strict';

/** How the element stands that keys go to, and whether one sees that they do. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
  const over = document.elementFromPoint(x, y);
  const group = at.name ? [...document.getElementsByName(at.name)] : [];
  const details = at.closest('details');
  const [, kind, address] = /^([anmfc])\\.(.+)$/.exec(at.name ?? '') ?? [];
  return {
    tag: at.tagName, type: at.type ?? '', name: at.name ?? '', value: at.value ?? '', href: at.getAttribute('href') ?? '', id: at.id,
    kind, address, text: at.textContent.trim().slice(0, 80), isChecked: at.checked ?? false, isAnswered: group.some((one) => one.checked),
    place: group.indexOf(at), values: group.map((one) => one.value), isCell: Boolean(at.closest('td')), isYear: at.classList.contains('year'),
    isFigure: ['decimal', 'numeric'].includes(at.inputMode), isOpen: details?.open ?? false, of: at.closest('[data-a]')?.dataset.a ?? '',
    isEmptyList: at.name === 'add' && !at.parentElement.querySelector('.entry'),
    isSeen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    isInSight: Boolean(over) && (over === at || at.contains(over) || over.contains(at) && over.tagName === 'LABEL'),
  };
})()`;

export class Typist {
  constructor(person) {
    Object.assign(this, { person, page: person.page, pressed: 0 });
  }

  async press(key) {
    this.pressed += 1;
    await this.page.keyboard.press(key);
  }

  type(text) {
    this.pressed += text.length;
    return this.page.keyboard.type(text);
  }

  at() {
    return this.page.evaluate(FOCUSED);
  }

  /** Goes on to the next that takes keys: it is in sight, and told apart. Null at the end of the page. */
  async tab() {
    await this.press('Tab');
    const at = await this.at();
    if (at) {
      const where = `${at.tag} ${at.name || at.href || at.text} on ${this.page.url()}`;
      assert.ok(at.isSeen, `one does not see that keys go to ${where}`);
      assert.ok(at.isInSight, `hidden, or behind something else: ${where}`);
    }
    return at;
  }

  /** Goes on until something is reached. */
  async reach(isIt, what) {
    for (let tried = 0; tried < 900; tried += 1) {
      const at = await this.tab();
      if (at && isIt(at)) return at;
    }
    return assert.fail(`the keyboard does not reach ${what ?? isIt} on ${this.page.url()}`);
  }

  reachLink(address) {
    return this.reach((at) => at.href === address, address);
  }

  reachButton(text) {
    return this.reach((at) => at.tag === 'BUTTON' && at.text === text, text);
  }

  /** Presses a key that leads to another page, and looks at that. */
  async leave(key = 'Enter') {
    const { page } = this;
    const left = page.waitForEvent('framenavigated').catch(async () => {
      throw new Error(`${key} leads nowhere from ${page.url()}: ${(await page.locator('#live, #summary').allInnerTexts()).join(' ')}`);
    });
    await Promise.all([left, this.press(key)]);
    await page.waitForLoadState();
    await this.person.look();
  }

  /** Waits until the page says that it saved. */
  async saved() {
    const { page } = this;
    await page.waitForTimeout(50);
    await page.waitForFunction((saving) => {
      const said = document.getElementById('live').textContent;
      return said && said !== saving;
    }, await page.locator('#section').getAttribute('data-saving'));
  }

  /** Attaches a file on the page of its own that a question has for that, and comes back. */
  async attach(file) {
    const { page } = this;
    await this.leave();
    await this.reach((at) => at.type === 'file', 'the file');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), this.press('Space')]);
    await chooser.setFiles({ name: file, mimeType: 'text/plain', buffer: Buffer.from('Article 1') });
    await this.reachButton('Attach');
    await this.leave();
    await this.reach((at) => at.text === 'Back to the question');
    await this.leave();
  }

  /** Answers all of the section that is open, in the order in which Tab leads through it, and goes on by its button. */
  async answerSection({ choices = {}, marks = {}, removes = null } = {}) {
    const { page } = this;
    const done = new Set();
    let removed = false;
    for (let step = 0; step < 3000; step += 1) {
      const at = await this.tab();
      if (!at) continue;
      // The button itself saves what is not yet.
      if (at.tag === 'BUTTON' && at.name === 'go') return this.leave();
      if (at.name === 'add') {
        // One more than is needed of one list, to take it away again.
        const isSpare = removes && at.value === removes && !removed && !at.isEmptyList;
        if (at.isEmptyList || isSpare) await this.leave();
        if (isSpare) {
          await this.reach((one) => one.name === 'remove');
          await this.leave();
          await this.reachButton('Remove');
          await this.leave();
          removed = true;
        }
      } else if (at.name === 'files' && !done.has(`files ${at.value}`)) {
        done.add(`files ${at.value}`);
        await this.attach('law.txt');
      } else if (at.tag === 'SUMMARY') {
        await this.disclose(at, marks[at.of], done);
      } else if (at.kind === 'a' || at.kind === 'n') {
        const before = done.size;
        await this.answer(at, choices[at.address] ?? null, done);
        // What it brings up is there before one goes on.
        if (done.size > before && (at.type === 'radio' || at.type === 'checkbox' || at.tag === 'SELECT')) await this.saved();
      }
    }
    return assert.fail(`the section does not end: ${page.url()}`);
  }

  /** Opens what is said more of an answer, and says it: why there is none, what of the figure, a comment. */
  async disclose(at, said, done) {
    const isMany = /^Show \d/.test(at.text);
    if (at.isOpen || done.has(`more ${at.of} ${isMany}`) || !(said || isMany)) return;
    done.add(`more ${at.of} ${isMany}`);
    await this.press('Enter');
    for (const [kind, value] of Object.entries(said ?? {})) {
      await this.reach((one) => one.kind === kind && (kind === 'c' || one.value === value), `${kind} of ${at.of}`);
      if (kind === 'c') await this.type(value);
      else await this.press('Space');
    }
  }

  /** Answers the control that keys go to, once. */
  async answer(at, chosen, done) {
    const key = `${at.name} ${at.type === 'checkbox' || at.tag === 'SELECT' ? at.place : ''}`;
    if (done.has(key) || chosen === '') return;
    done.add(key);
    const wanted = chosen === null ? at.values.slice(0, 1) : [chosen].flat();
    if (at.type === 'checkbox') {
      if (wanted.includes(at.value) !== at.isChecked) await this.press('Space');
    } else if (at.type === 'radio') {
      if (at.isAnswered) return;
      await this.press('Space');
      for (let to = 0; to < at.values.indexOf(wanted[0]); to += 1) await this.press('ArrowDown');
      const now = await this.at();
      assert.ok(now.value === wanted[0] && now.isChecked, `${at.name}: ${now.value} where ${wanted[0]} is meant`);
    } else if (at.tag === 'SELECT') {
      if (at.value) return;
      await this.press('ArrowDown');
      assert.notEqual((await this.at()).value, '', `${at.name} takes nothing by the keyboard`);
    } else if (at.value === '') {
      if (at.type === 'month') {
        await this.type('Mar');
        await this.press('ArrowRight');
        await this.type('2024');
      } else await this.type(this.words(at, chosen));
      if (at.type === 'date' || at.type === 'month') assert.notEqual((await this.at()).value, '', `${at.name} takes no day by the keyboard`);
    }
  }

  words(at, chosen) {
    if (chosen !== null) return chosen;
    if (at.kind === 'n') return 'EUR';
    // The same whether a day is written before its month, or after it.
    if (at.type === 'date') return '03032024';
    if (at.type === 'url') return 'www.example.org/law';
    if (at.type === 'email') return 'anna.berg@example.org';
    if (at.isYear) return '2019';
    if (at.isFigure) return at.isCell ? '0' : '12';
    return 'Typed, all of it';
  }
}
