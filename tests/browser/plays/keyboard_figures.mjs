// The sample on figures of crime with the keyboard alone: a table by its arrows, signs for what there is not, amounts, files, an explanation.
import assert from 'node:assert/strict';
import { Person } from '../browser.mjs';
import { api, collection, invite } from '../demonstration.mjs';
import { Typist } from '../typist.mjs';
import { begun, submitted } from './keyboard.mjs';

export const title = 'a questionnaire of tables with the keyboard alone';

/** Fills a table of figures in by arrows along a row, and by Enter from one row to the next. */
async function byArrows(typist, table) {
  const { page } = typist;
  const names = await page.locator(`fieldset[data-q="${table}"] tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('input')].map((one) => one.name)));
  await typist.reach((at) => at.name === names[0][0], names[0][0]);
  for (const [row, columns] of names.entries()) {
    for (const [column, name] of columns.entries()) {
      const at = await typist.at();
      assert.equal(at.name, name, 'an arrow leads to the cell beside');
      await typist.type('0');
      if (column + 1 < columns.length) await typist.press('ArrowRight');
    }
    if (row + 1 === names.length) break;
    await typist.press('Enter');
    for (let back = 1; back < columns.length; back += 1) await typist.press('ArrowLeft');
  }
  return names.flat().map((name) => name.slice(2));
}

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  const typist = new Typist(anna);
  const hub = await begun(typist, await invite(await collection('figures of crime'), 'CYP'));
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await typist.reachLink(sections[0]);
  await typist.leave();
  let cells = [];
  for (const address of sections) {
    assert.equal(new URL(page.url()).pathname, address);
    if (address.endsWith('/P')) cells = await byArrows(typist, 'P1');
    await typist.answerSection({
      choices: {
        G3: 'fiscal', 'G4.from': '01012024', 'G4.to': '12122024', 'C5.prison.per_cent': '100', X1: '03032024',
        'X3.places.y2022': '1,200', 'X3.places.y2023': '1,200', 'X3.places.y2024': '1,250', 'X5.violence.y2024': ':c', 'X5.other.y2024': '0 e',
      },
      marks: { C4: { f: 'estimated', c: 'Of courts of first instance.' }, C3: { m: 'not_available' } },
    });
  }
  assert.equal(cells.length, 65);
  // What does not add up is told where all is checked, and explained where that leads.
  await typist.reachLink(`${hub}/check`);
  await typist.leave();
  await typist.reach((at) => at.href.endsWith('#f-checks.year_length'), 'the fault');
  await typist.leave();
  await typist.reach((at) => at.name === 'a.checks.year_length', 'the explanation');
  await typist.type('The fiscal year was moved.');
  await typist.reachButton('Save and see all sections');
  await typist.leave();
  await submitted(typist, hub, 'none');
  const { answers } = await api('GET', `/v1/replies/${hub.split('/').at(-1)}/answers`);
  for (const cell of cells) assert.equal(answers[cell]?.value, 0, cell);
  assert.equal(answers['X5.violence.y2024'].missing, 'confidential');
  assert.deepEqual(answers['X5.other.y2024'].flags, ['estimated']);
  assert.deepEqual([answers.C4.value, answers.C4.flags, answers.C4.comment.text], ['12', ['estimated'], 'Of courts of first instance.']);
  assert.equal(answers.C3.missing, 'not_available');
  assert.ok(Object.keys(answers).some((address) => /^Z2\..*\.file$/.test(address)), 'a file is attached');
  console.log(`     ${typist.pressed} keys`);
}
