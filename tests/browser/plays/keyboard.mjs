// With the keyboard alone: nothing is clicked, and nothing focused but by keys.
import assert from 'node:assert/strict';
import { saved } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'with the keyboard alone, from the letter to the receipt';

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  const focused = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  const reach = async (selector) => {
    for (let pressed = 0; pressed < 600; pressed += 1) {
      await page.keyboard.press('Tab');
      if (await focused(selector)) return;
    }
    assert.fail(`the keyboard does not reach ${selector} on ${page.url()}`);
  };
  const leave = async (key = 'Enter') => {
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press(key)]);
    await page.waitForLoadState();
    await anna.look();
  };
  await page.goto(await invite(await collection('legal aid'), 'LVA'));
  await page.keyboard.press('Tab');
  assert.ok(await focused('a.skip'), 'one can skip to the content');
  await page.keyboard.press('Enter');
  await reach('main button');
  await leave();
  await reach('main button');
  await leave();
  const hub = new URL(page.url()).pathname;

  await reach(`a[href="${hub}/sections/L"]`);
  await leave();
  await reach('[name="a.L1"]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.ok(await focused('[name="a.L1"][value=no]:checked'));
  await saved(anna);
  await reach('[name="a.L1.no"]');
  await page.keyboard.type('There is no such law yet.');
  await reach('[name="a.L1C"]');
  await page.keyboard.press('Space');
  await reach('[name="a.L2"]');
  await page.keyboard.press('Space');
  await reach('table select');
  await page.keyboard.press('ArrowDown');
  await reach('button[name=go][value=hub]');
  await leave();
  const text = await page.locator('main').innerText();
  assert.match(text, /questions answered/);

  await reach(`a[href="${hub}/sections/D"]`);
  await leave();
  await reach('ol.ranking select');
  await page.keyboard.type('Money');
  await page.keyboard.press('ArrowDown');
  await reach('button[name=go][value=hub]');
  await leave();

  await reach(`a[href="${hub}/check"]`);
  await leave();
  await reach('[name=publication]');
  await page.keyboard.press('Space');
  await reach('main form button');
  await leave();
  assert.ok(await page.getByText('Your reply is submitted.').isVisible(), await page.locator('main').innerText());
}
