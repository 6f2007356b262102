// With the keyboard alone: nothing is clicked, and nothing focused but by keys. The whole reply to the sample on legal aid.
import assert from 'node:assert/strict';
import { Person } from '../browser.mjs';
import { api, collection, invite } from '../demonstration.mjs';
import { Typist } from '../typist.mjs';

export const title = 'with the keyboard alone, from the letter to the receipt, and to what the Secretariat asks';

/** Opens a letter, and comes to the sections of a reply that is begun. */
export async function begun(typist, letter) {
  const { page } = typist;
  await page.goto(letter);
  const skip = await typist.tab();
  assert.equal(skip.href, '#main', 'one can skip to the content');
  await typist.press('Enter');
  await typist.reachButton('Sign in and begin');
  await typist.leave();
  await typist.reachButton('Begin the reply');
  await typist.leave();
  return new URL(page.url()).pathname;
}

/** Checks all, consents to this, and submits. */
export async function submitted(typist, hub, publication) {
  const { page } = typist;
  await typist.reachLink(`${hub}/check`);
  await typist.leave();
  assert.ok(await page.getByText('Nothing stands in the way of submitting.').isVisible(), (await page.locator('#summary').allInnerTexts()).join(' '));
  await typist.reachLink('#publication');
  await typist.press('Enter');
  const at = await typist.reach((one) => one.name === 'publication', 'what may be published');
  await typist.press('Space');
  for (let to = 0; to < at.values.indexOf(publication); to += 1) await typist.press('ArrowDown');
  assert.equal(await page.locator('[name=publication]:checked').getAttribute('value'), publication);
  await typist.reachButton('Submit');
  await typist.leave();
  assert.ok(await page.getByText('Your reply is submitted.').isVisible(), await page.locator('main').innerText());
  assert.match(await page.locator('dl.receipt').innerText(), /Hash of the record\s+[0-9a-f]{64}/);
}

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  const typist = new Typist(anna);
  const hub = await begun(typist, await invite(await collection('legal aid'), 'LVA'));
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.equal(sections.length, 5);

  await typist.reachLink(sections[0]);
  await typist.leave();
  // Each section leads on to the next, the last to all of them.
  for (const address of sections) {
    assert.equal(new URL(page.url()).pathname, address);
    await typist.answerSection({
      choices: { L1: 'in_part', L1B: '', L2: ['arrest', 'other'], 'P1A.public_service.per_cent': '100', P4: 'in_part', T1: 'yes', 'G4.extent': 'sections' },
      marks: {
        L1: { c: 'By the constitution.' }, L1B: { m: 'not_available' }, 'P3.wait': { f: 'estimated', c: 'Counted in one region.' },
        G2: { c: 'By a letter to ten organizations.' },
      },
      removes: 'G3',
    });
  }
  assert.equal(new URL(page.url()).pathname, hub);
  assert.equal(await page.locator('ul.sections li.complete').count(), 5, await page.locator('main').innerText());
  await submitted(typist, hub, 'all');
  const told = await page.locator('main').innerText();
  for (const said of ['not available', '12 (estimated)', 'https://www.example.org/law', '1. Money', 'March 2024', '3 March 2024', 'Typed, all of it']) {
    assert.ok(told.includes(said), `${said}: ${told}`);
  }
  const reply = hub.split('/').at(-1);
  const { answers } = await api('GET', `/v1/replies/${reply}/answers`);
  const comments = Object.values(answers).flatMap((answer) => (answer.comment ? [answer.comment.text] : []));
  assert.deepEqual(comments.toSorted(), ['By a letter to ten organizations.', 'By the constitution.', 'Counted in one region.']);
  assert.equal(new Set(Object.keys(answers).filter((address) => address.startsWith('G3.')).map((address) => address.split('.')[1])).size, 1);

  // What the Secretariat asks about it is answered in words.
  await api('POST', `/v1/replies/${reply}/clarifications`, { question: 'L1', text: 'To whom is it given?', lang: 'en' });
  await typist.reachLink(hub);
  await typist.leave();
  await typist.reachLink(`${hub}/clarifications`);
  await typist.leave();
  await typist.reach((at) => at.tag === 'TEXTAREA', 'the answer');
  await typist.type('To whoever is accused.');
  await typist.reachButton('Send the answer');
  await typist.leave();
  assert.ok(await page.getByText('Answered in words:').isVisible());
  assert.ok(await page.getByText('To whoever is accused.').isVisible());
  console.log(`     ${typist.pressed} keys`);
}
