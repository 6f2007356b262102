// The Secretariat asks about an answer; it is changed and submitted again. Accepted, the reply is amended.
import assert from 'node:assert/strict';
import { saved } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { api, collection, invite } from '../demonstration.mjs';

export const title = 'a clarification that is asked for, and an amendment';

export async function play(name) {
  const anna = await Person.at(name);
  const { page } = anna;
  await anna.goTo(await invite(await collection('legal aid'), 'LTU'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();
  const reply = hub.split('/').at(-1);
  const answer = async (words) => {
    await anna.goTo(`${hub}/sections/L`);
    await page.locator('[name="a.L1"][value=no]').check();
    await page.locator('[name="a.L1.no"]').fill(words);
    await saved(anna);
  };
  const submit = async (version) => {
    await anna.goTo(`${hub}/check`);
    assert.ok(await page.getByText('Nothing stands in the way of submitting.').isVisible(), await page.locator('main').innerText());
    await page.getByLabel('The whole reply').check();
    await anna.follow(anna.button('Submit'));
    assert.match(await page.locator('dl.receipt').innerText(), new RegExp(`Version\\s+${version}\\b`));
  };
  await answer('Not yet.');
  await submit(1);

  await api('POST', `/v1/replies/${reply}/clarifications`, { question: 'L1', text: 'Is there no law at all?', lang: 'en' });
  await anna.goTo(hub);
  assert.ok(await page.getByText('The Secretariat asks about 1 matter.').isVisible());
  await answer('Not yet: a bill is before parliament.');
  await submit(2);

  await api('POST', `/v1/replies/${reply}/acceptance`, {});
  const session = (await anna.context.cookies()).find((cookie) => cookie.httpOnly);
  const asAnna = { Cookie: `${session.name}=${session.value}`, Origin: new URL(hub).origin, 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': 'play' };
  await api('POST', `/v1/replies/${reply}/amendment`, {}, asAnna);
  await anna.goTo(hub);
  await answer('The bill was refused.');
  await submit(3);
  await anna.goTo(`${hub}/versions`);
  assert.equal(await page.locator('ul.sections li').count(), 3);
}
