// On a telephone: a screen of 360 pixels.
import assert from 'node:assert/strict';
import { answerSection } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'on a screen of 360 pixels';

export async function play(name) {
  const anna = await Person.at(name, { width: 360, height: 740, isMobile: true, hasTouch: true });
  const { page } = anna;
  await anna.goTo(await invite(await collection('legal aid'), 'EST'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href));
  for (const address of sections) {
    await anna.goTo(address);
    await answerSection(anna, { L1: ['no'], 'P1A.public_service.per_cent': ['100'], P4: ['no'], D1A: null });
    await anna.look();
    await anna.follow(anna.button('Save and continue'));
  }
  await anna.goTo(`${hub}/check`);
  await page.getByLabel('Nothing', { exact: true }).check();
  await anna.follow(anna.button('Submit'));
  assert.ok(await page.getByText('Your reply is submitted.').isVisible());

  const figures = await Person.at(name, { width: 360, height: 740, isMobile: true, hasTouch: true });
  await figures.goTo(await invite(await collection('figures of crime'), 'EST'));
  await figures.follow(figures.button('Sign in and begin'));
  await figures.follow(figures.button('Begin the reply'));
  for (const address of await figures.page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href))) {
    await figures.goTo(address);
    // Every column of a table is in sight, each cell under its head.
    const [cut, bare] = await figures.page.evaluate(() => [
      [...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.ariaLabel),
      [...document.querySelectorAll('[data-grid] td')].filter((cell) => cell.offsetParent && getComputedStyle(cell, '::before').content.length < 3).length,
    ]);
    assert.deepEqual([cut, bare], [[], 0], address);
  }
}
