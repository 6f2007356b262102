// A focal point and a colleague in another browser, who answer the same question at once, and pass the section on.
import assert from 'node:assert/strict';
import { saved } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { api, collection, invite, link } from '../demonstration.mjs';

export const title = 'a colleague in another browser, what both changed at once, and a section that goes from one to the other';

export async function play(name) {
  const anna = await Person.at(name);
  const legalAid = await collection('legal aid');
  await anna.goTo(await invite(legalAid, 'DNK'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = anna.page.url();

  const { items } = await api('GET', '/v1/parties?limit=300');
  const denmark = items.find((party) => party.code === 'DNK').id;
  const session = (await anna.context.cookies()).find((cookie) => cookie.httpOnly);
  const asAnna = { Cookie: `${session.name}=${session.value}`, Origin: new URL(hub).origin, 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': 'play' };
  await api('POST', `/v1/collections/${legalAid}/parties/${denmark}/contributors`, { name: 'Bo Lind', email: 'bo@example.org', language: 'en', sections: ['L'] }, asAnna);
  const bo = await Person.at(name);
  await bo.goTo(await link('bo@example.org'));
  await bo.follow(bo.button('Sign in and begin'));
  await bo.goTo(hub);
  assert.equal(await bo.page.locator('ul.sections li').count(), 1, 'a contributor sees the sections that are theirs');

  const section = `${hub}/sections/L`;
  await anna.goTo(section);
  await bo.goTo(section);
  const chosen = (person) => person.page.locator('[name="a.L1"]:checked').getAttribute('value');
  const option = (person, value) => person.page.locator(`[name="a.L1"][value=${value}]`);

  // What was not touched here follows what a colleague saved.
  await option(bo, 'no').check();
  await saved(bo);
  await anna.page.locator('[name="a.L2"][value=arrest]').check();
  await saved(anna);
  assert.equal(await chosen(anna), 'no');

  // What both changed is told with both answers, and one of them is chosen.
  await option(anna, 'yes').check();
  await saved(anna);
  await option(bo, 'in_part').check();
  await saved(bo);
  const conflict = bo.page.locator('.conflict');
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /Your colleague’s answer Yes/);
  await bo.look();
  await bo.button('Keep mine').click();
  await saved(bo);
  assert.equal(await conflict.count(), 0);
  await bo.page.reload();
  assert.equal(await chosen(bo), 'in_part');

  await option(anna, 'no').check();
  await saved(anna);
  await anna.page.locator('.conflict').waitFor();
  await anna.button('Save and continue').click();
  assert.equal(await anna.page.evaluate(() => document.activeElement.textContent), 'Take theirs', 'nobody goes on over an open conflict');
  await anna.button('Take theirs').click();
  assert.equal(await chosen(anna), 'in_part');
  await anna.follow(anna.button('Save and continue'));
  await anna.goTo(section);
  assert.equal(await chosen(anna), 'in_part');

  // Without script the same is told by the page that answers.
  const cai = await Person.at(name, { hasScript: false });
  await cai.context.addCookies(await bo.context.cookies());
  await cai.goTo(section);
  await option(anna, 'yes').check();
  await saved(anna);
  await cai.page.locator('[name="a.L1"][value=no]').check();
  await cai.follow(cai.button('Save and continue'));
  assert.ok(await cai.page.getByText('A colleague changed this meanwhile').isVisible());
  await cai.follow(cai.button('Take theirs'));
  await cai.goTo(section);
  assert.equal(await chosen(cai), 'yes');

  // A section is handed back with a remark, and returned with another.
  await bo.goTo(section);
  await bo.follow(bo.button('Save, then hand back'));
  await bo.page.getByLabel('Remark (may be left out)').fill('Please check the figures of 2023.');
  await bo.follow(bo.button('Hand the section back'));
  assert.ok(await bo.page.getByText('The section is handed back to the focal point.').isVisible());
  await anna.goTo(hub);
  assert.ok(await anna.page.getByText(/Handed back by Bo Lind/).isVisible());
  assert.ok(await anna.page.getByText('Please check the figures of 2023.').isVisible());
  await anna.goTo(`${hub}/colleagues`);
  await anna.page.locator('summary', { hasText: 'Return this section' }).click();
  await anna.look();
  await anna.page.getByLabel('Remark (may be left out)').fill('Which year is the first of?');
  await anna.follow(anna.button('Return the section'));
  assert.ok(await anna.page.getByText(/Returned to Bo Lind/).isVisible());
  await cai.goTo(section);
  assert.ok(await cai.page.getByText(/The focal point returned this section to you/).isVisible());
  await cai.follow(cai.button('Save, then hand back'));
  await cai.follow(cai.button('Hand the section back'));
  assert.ok(await cai.page.getByText(/You handed this section back/).isVisible());
  await cai.goTo(`${hub}?lang=ar`);
}
