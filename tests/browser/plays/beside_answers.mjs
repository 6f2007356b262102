// What there is of a reply beside its answers, by pages alone: colleagues, files, what the Secretariat asks, an amendment, a withdrawal.
import assert from 'node:assert/strict';
import { saved } from '../answers.mjs';
import { lookAround, Person } from '../browser.mjs';
import { api, collection, invite, link } from '../demonstration.mjs';
import { words } from '../words.mjs';

export const title = 'colleagues, files, clarifications, amendments and a withdrawal by pages, in English and in Arabic without script';

export async function play(name) {
  await played(name, { state: 'BHR', lang: 'en', hasScript: true });
  await played(name, { state: 'TUN', lang: 'ar', hasScript: false });
}

async function played(name, { state, lang, hasScript }) {
  const w = words(lang);
  const somebody = () => Person.at(name, { locale: lang, hasScript });
  const anna = await somebody();
  const { page } = anna;
  // In both languages, with and without script: once, since the same pages are met again.
  const lookAtAll = async (addresses) => hasScript && lookAround(name, addresses, await anna.context.cookies());
  const isSaid = async (text) => assert.ok(await page.getByText(text).first().isVisible(), `${text}: ${await page.locator('main').innerText()}`);
  await anna.goTo(await invite(await collection('legal aid'), state, { language: lang }));
  await anna.follow(anna.button(w.invitation_begin));
  await anna.follow(anna.button(w.home_begin));
  const hub = page.url();
  const reply = hub.split('/').at(-1);

  // A colleague is invited, gets another section, and takes part no longer.
  await anna.follow(anna.link(w.hub_colleagues));
  const colleagues = page.url();
  await page.locator('#name').fill('Bo Lind');
  await page.locator('#email').fill(`bo.${state}@example.org`);
  await anna.follow(anna.button(w.colleagues_send));
  await isSaid(w.colleagues_choose_sections);
  assert.equal(await page.locator('#name').inputValue(), 'Bo Lind', 'what was typed stays');
  const [first, second] = await page.locator('fieldset.field [name=section]').evaluateAll((boxes) => boxes.map((box) => box.value));
  const chosen = (box, section) => page.locator(`${box} [name=section][value="${section}"]`);
  await chosen('fieldset.field', first).check();
  await anna.follow(anna.button(w.colleagues_send));
  await isSaid(w.colleagues_invited);
  const bo = await somebody();
  await bo.goTo(await link(`bo.${state}@example.org`));
  await bo.follow(bo.button(w.invitation_begin));
  const sections = async () => {
    await bo.goTo(hub);
    return bo.page.locator('ul.sections li').count();
  };
  assert.equal(await sections(), 1);
  await page.locator('.card summary').click();
  await anna.look();
  await chosen('.card', second).check();
  await anna.follow(anna.button(w.colleagues_save));
  await isSaid(w.colleagues_changed);
  assert.equal(await sections(), 2);
  await lookAtAll([colleagues]);
  await page.locator('.card summary').click();
  await anna.follow(anna.button(w.colleagues_dismiss));
  await isSaid(w.colleagues_dismissed);
  assert.equal((await bo.goTo(hub)).status, bo.page.url() === hub ? 404 : 200, 'who was dismissed reads nothing');
  assert.equal(await bo.page.locator('ul.sections').count(), 0);

  // A file is attached where a question asks for one, read, and removed; what cannot be taken is told.
  await anna.goTo(hub);
  const addresses = await page.locator('ul.sections a').evaluateAll((links) => links.map((one) => one.href));
  let files;
  for (const address of addresses) {
    await anna.goTo(address);
    files ??= await page.locator('a[href*="/files?question="]').first().getAttribute('href', { timeout: 500 }).catch(() => undefined);
  }
  files = new URL(files ?? `${hub}/files`, hub).href;
  await anna.goTo(files);
  const attach = async (file, content) => {
    await page.locator('#file').setInputFiles({ name: file, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
    await anna.follow(anna.button(w.files_attach));
  };
  await attach('law.exe', 'MZ');
  assert.ok(await page.locator('.obstacle[role=alert]').isVisible());
  await attach('loi pénale.txt', 'Article 1');
  const attached = page.locator('ul.sections a', { hasText: 'loi pénale.txt' });
  const read = await page.request.get(new URL(await attached.getAttribute('href'), hub).href);
  assert.equal(await read.text(), 'Article 1');
  await lookAtAll([files, `${hub}/files`]);
  await anna.follow(page.getByRole('button', { name: w.files_remove_of.replace('{name}', 'loi pénale.txt') }));
  await isSaid(w.files_none);

  // What the Secretariat asks is answered in words, on its page.
  const answer = async (value) => {
    await anna.goTo(`${hub}/sections/L`);
    await page.locator('[name="a.L1"][value=no]').check();
    if (!hasScript) await saved(anna);
    await page.locator('[name="a.L1.no"]').fill(value);
    await saved(anna);
  };
  await answer('Not yet.');
  await anna.goTo(`${hub}/check`);
  await page.locator('[name=publication][value=all]').check();
  await anna.follow(page.locator('main form button').last());
  await api('POST', `/v1/replies/${reply}/clarifications`, { question: 'L1', text: 'Is there no law at all?', lang: 'en' });
  await api('POST', `/v1/replies/${reply}/clarifications`, { text: 'Who wrote this?', lang: 'en' });
  await anna.goTo(hub);
  await anna.follow(page.locator('.obstacle a'));
  const clarifications = page.url();
  await lookAtAll([hub, clarifications]);
  for (const number of [1, 2]) {
    await page.locator(`#text-${number}`).fill(`Words on ${number}.`);
    await anna.follow(page.locator(`section[id="${number}"]`).getByRole('button', { name: w.clarification_send, exact: true }));
    await isSaid(`Words on ${number}.`);
  }
  await isSaid(w.clarification_answered);
  assert.equal(await page.locator('main textarea').count(), 0);

  // An amendment is begun, seen, discarded; the reply is withdrawn with a reason, and submitted again.
  await api('POST', `/v1/replies/${reply}/acceptance`, {});
  await anna.goTo(hub);
  await anna.follow(anna.button(w.hub_amend));
  await isSaid(w.status_amendment);
  await answer('The bill was refused.');
  await anna.goTo(hub);
  await anna.follow(anna.link(w.hub_discard));
  assert.match(await page.locator('main ins').first().innerText(), /The bill was refused\./);
  await lookAtAll([page.url(), `${hub}/withdraw`, `${hub}/versions`]);
  await anna.follow(anna.button(w.discard));
  assert.equal(page.url(), hub);
  await isSaid(w.status_accepted);
  await anna.follow(anna.link(w.hub_withdraw));
  await page.locator('#text').fill(' ');
  await anna.follow(anna.button(w.withdraw));
  assert.ok(await page.locator('.obstacle[role=alert]').isVisible(), 'a withdrawal needs a reason');
  await page.locator('#text').fill('The figures are wrong.');
  await anna.follow(anna.button(w.withdraw));
  await isSaid(w.status_withdrawn);
  await lookAtAll([hub]);
}
