// From the letter to the receipt: every type of question of the sample on legal aid.
import assert from 'node:assert/strict';
import { answerSection } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'a focal point answers a questionnaire whole, from the letter to the receipt';

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  await anna.goTo(await invite(await collection('legal aid'), 'SWE'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href));
  assert.ok(sections.length >= 5);
  for (const address of sections) {
    await anna.goTo(address);
    for (const add of await page.locator('button[name=add]').all()) if (await add.isVisible()) await anna.follow(add);
    await answerSection(anna, { L1: ['in_part'], 'P1A.public_service.per_cent': ['100'], P4: ['in_part'] });
    for (const add of await page.locator('button[name=add]:visible').all()) {
      if (!(await page.locator('.entry:visible').count())) await anna.follow(add);
    }
    await answerSection(anna);
    await anna.look();
    assert.ok(await page.locator('#summary').isHidden(), `${address}: ${await page.locator('#summary').innerText()}`);
    // What the page shows by its script is what the server shows.
    const shown = () => page.evaluate(() => [...document.querySelectorAll('[data-q]')].map((one) => `${one.dataset.q} ${one.hidden}`));
    const live = await shown();
    await page.reload();
    assert.deepEqual(live, await shown());
    await anna.follow(anna.button('Save and continue'));
  }
  await anna.goTo(hub);
  await anna.follow(anna.link('Check your answers and submit'));
  assert.ok(await page.getByText('Nothing stands in the way of submitting.').isVisible(), await page.locator('main').innerText());
  await page.getByLabel('The whole reply').check();
  await anna.follow(anna.button('Submit'));
  assert.ok(await page.getByText('Your reply is submitted.').isVisible());
  assert.match(await page.locator('dl.receipt').innerText(), /Hash of the record\s+[0-9a-f]{64}/);
  await anna.goTo(sections[0]);
  assert.equal(await page.locator('form[data-live]').count(), 0, 'what is submitted is only read');
}
