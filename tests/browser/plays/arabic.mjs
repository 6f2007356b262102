// A focal point who reads Arabic, on pages that run from right to left.
import assert from 'node:assert/strict';
import { answerSection } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'in Arabic, from right to left';

export async function play(name) {
  const nour = await Person.at(name, { locale: 'ar' });
  const { page } = nour;
  const press = (selector) => nour.follow(page.locator(`${selector}:visible`).last());
  await nour.goTo(await invite(await collection('legal aid'), 'JOR', { language: 'ar', name: 'Nour' }));
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await press('main button');
  await press('main button');
  const hub = page.url();
  const sections = await page.locator('ul.sections a').evaluateAll((links) => links.map((link) => link.href));
  for (const address of sections) {
    await nour.goTo(address);
    await answerSection(nour, { L1: ['no'], 'P1A.public_service.per_cent': ['100'], P4: ['no'], D1A: null, G1: null, G3: null });
    await nour.look();
    await nour.follow(page.locator('button[name=go][value=next]'));
  }
  // The same pages without script.
  const plain = await Person.at(name, { locale: 'ar', hasScript: false });
  await plain.context.addCookies(await nour.context.cookies());
  for (const address of [hub, ...sections, `${hub}/check`]) await plain.goTo(address);
  await nour.goTo(`${hub}/check`);
  await page.locator('[name=publication][value=all]').check();
  await press('main form button');
  assert.match(await page.locator('dl.receipt').innerText(), /[0-9a-f]{64}/);
  for (const address of [page.url(), `${hub}/versions`]) await plain.goTo(address);

  // Arrows lead where they point: a table's columns run from right to left.
  const figures = await Person.at(name, { locale: 'ar' });
  await figures.goTo(await invite(await collection('figures of crime'), 'JOR', { language: 'ar', name: 'Nour' }));
  await figures.follow(figures.page.locator('main button').last());
  await figures.follow(figures.page.locator('main button').last());
  await figures.goTo(`${figures.page.url()}/sections/P`);
  await figures.page.locator('[name="a.P1.homicide.y2021"]').focus();
  await figures.page.keyboard.press('ArrowLeft');
  assert.equal(await figures.page.evaluate(() => document.activeElement.name), 'a.P1.homicide.y2022');
}
