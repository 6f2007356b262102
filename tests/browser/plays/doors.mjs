// The pages that are met outside: asking for a link, a link that is over, what is not there, signing out.
import assert from 'node:assert/strict';
import { Person } from '../browser.mjs';
import { base, collection, invite } from '../demonstration.mjs';

export const title = 'the pages at the door, in English and Arabic, with and without script';

export async function play(name) {
  for (const hasScript of [true, false]) {
    for (const locale of ['en-GB', 'ar']) {
      const anybody = await Person.at(name, { hasScript, locale });
      await anybody.goTo(`${base}/home`);
      assert.match(anybody.page.url(), /\/sign-in\?to=%2Fhome/, 'whoever is not signed in is led to where one signs in');
      await anybody.page.locator('#email').fill('nobody@example.org');
      await anybody.follow(anybody.page.locator('main button'));
      await anybody.goTo(`${base}/join/${'0'.repeat(64)}`);
      await anybody.goTo(`${base}/replies/no-reply`);
      await anybody.context.close();
    }
  }
  const anna = await Person.at(name);
  const { page } = anna;
  await anna.goTo(await invite(await collection('legal aid'), 'CYP'));
  await anna.follow(anna.button('Sign in and begin'));
  assert.match(await page.locator('.local').first().innerText(), /^By your clock: /, 'a deadline is told by the reader’s clock too');
  await anna.goTo(`${base}/replies/01900000-0000-7000-8000-000000000000`);
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  // Where a script asks, what is wrong is told in a form that it can tell.
  const told = await page.evaluate(async () => {
    const response = await fetch(location.href, { headers: { Accept: 'application/json' } });
    return [response.status, await response.json()];
  });
  assert.equal(told[0], 404);
  assert.equal(typeof told[1].problem, 'string');
  await anna.goTo(`${base}/home`);
  await anna.follow(anna.button('Sign out'));
  const over = await page.evaluate(async () => {
    const response = await fetch('/home', { headers: { Accept: 'application/json' } });
    return response.status;
  });
  assert.equal(over, 401);
}
