// From the letter to the receipt: every type of question of the sample on figures of crime.
import assert from 'node:assert/strict';
import { answerSection } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'a focal point answers a questionnaire of tables whole';

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  await anna.goTo(await invite(await collection('figures of crime'), 'SVN'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href));
  for (const address of sections) {
    await anna.goTo(address);
    // A compendium is nothing without its file, and files are added on a page of their own.
    const lists = page.locator('fieldset.list:visible:not(:has(.entry)):not([data-q=Z2]) > button[name=add]');
    while (await lists.count()) await anna.follow(lists.first());
    await answerSection(anna, {
      'G4.from': ['2024-01-01'], 'G4.to': ['2024-12-31'], 'C5.prison.per_cent': ['100'], X1: ['2024-12-31'],
      'X3.places.y2022': ['1,200'], 'X3.places.y2023': ['1,200'], 'X3.places.y2024': ['1,250'],
    });
    await anna.look();
    assert.ok(await page.locator('#summary').isHidden(), `${address}: ${await page.locator('#summary').innerText()}`);
    await anna.follow(anna.button('Save and continue'));
  }
  await anna.goTo(`${hub}/check`);
  assert.ok(await page.getByText('Nothing stands in the way of submitting.').isVisible(), await page.locator('.summary').innerText().catch(() => ''));
  await page.getByLabel('Nothing', { exact: true }).check();
  await anna.follow(anna.button('Submit'));
  assert.ok(await page.getByText('Your reply is submitted.').isVisible());
}
