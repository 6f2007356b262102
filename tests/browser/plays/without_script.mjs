// The whole way without JavaScript.
import assert from 'node:assert/strict';
import { answerSection, opened } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'the whole way without JavaScript';

export async function play(name) {
  const anna = await Person.at(name, { hasScript: false });
  const { page } = anna;
  await anna.goTo(await invite(await collection('legal aid'), 'IRL'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href));
  for (const address of sections) {
    await anna.goTo(address);
    for (let added = 0; added < 3; added += 1) {
      const empty = page.locator('fieldset.list:visible:not(:has(.entry)) > button[name=add]').first();
      if (await empty.count()) await anna.follow(empty);
      await answerSection(anna, { L1: ['in_part'], 'P1A.public_service.per_cent': ['100'], P4: ['in_part'] });
    }
    await anna.look();
    assert.ok(await page.locator('#summary').isHidden(), `${address}: ${await page.locator('#summary').innerText()}`);
    await anna.follow(anna.button('Save and continue'));
    assert.notEqual(page.url(), address);
  }
  // What cannot be read is told on the page that answers, with what was typed.
  const [first] = sections;
  await anna.goTo(first);
  await page.locator('[name="a.L1B"]').fill('long ago');
  await anna.follow(anna.button('Save and continue'));
  assert.ok(await page.locator('#summary').isVisible());
  assert.equal(await page.locator('[name="a.L1B"]').inputValue(), 'long ago');
  await (await opened(page.locator('[name="m.L1B"]'))).check();
  await anna.follow(anna.button('Save and continue'));
  await anna.goTo(first);
  assert.ok(await page.locator('[name="m.L1B"]').isChecked());
  await page.locator('[name="a.L1B"]').fill('1998');
  await anna.follow(anna.button('Save and see all sections'));
  await anna.goTo(first);
  assert.equal(await page.locator('[name="a.L1B"]').inputValue(), '1998', 'a value that is typed stands for "not available"');
  const clear = page.locator('button[name=clear][value="L3.police.in_law"], button[name=clear]:visible').first();
  const question = await clear.getAttribute('value');
  await anna.follow(clear);
  assert.equal(await page.locator(`[name="a.${question}"]:checked`).count(), 0, 'an answer can be taken back');
  await page.locator(`[name="a.${question}"]`).nth(1).check();
  await anna.follow(anna.button('Save and see all sections'));
  assert.equal(page.url(), hub);
  await anna.follow(anna.link('Check your answers and submit'));
  assert.ok(await page.getByText('Nothing stands in the way of submitting.').isVisible(), await page.locator('main').innerText());
  await anna.follow(anna.button('Submit'));
  assert.ok(await page.getByText('Please choose what may be published.').isVisible());
  await page.getByLabel('Nothing', { exact: true }).check();
  await anna.follow(anna.button('Submit'));
  assert.ok(await page.getByText('Your reply is submitted.').isVisible());
  await anna.follow(anna.button('Sign out'));
}
