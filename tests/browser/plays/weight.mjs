// A section of sixty questions weighs little, and one of a thousand cells stays usable.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { saved } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { api, base, invite } from '../demonstration.mjs';

export const title = 'a section of sixty questions is light, one of a thousand cells usable';

const MOST = 30_000;

/** Sixty questions as questionnaires ask them: two of three are one choice, and each in other words. */
function sixty() {
  const standards = readFileSync(new URL('../../../data/reference/standards.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  const titles = standards.map((line) => /^[^,]*,[^,]*,(?:"([^"]+)"|([^,]*))/.exec(line)).map(([, quoted, plain]) => quoted ?? plain);
  const others = [
    { type: 'text', text: 'Which difficulties were met in applying {}?' },
    { type: 'whole_number', text: 'How many officials were trained in {} last year?', missing: ['not_available'], flags: ['estimated'] },
    { type: 'several_choices', text: 'What would help most to apply {}?', exclusive: ['none'],
      options: ['training', 'legislation', 'equipment', 'advice', 'none'].map((value) => ({ value, label: { en: value[0].toUpperCase() + value.slice(1) } })) },
  ];
  return Array.from({ length: 60 }, (_, index) => {
    const choice = { type: 'one_choice', scale: 'yes_in_part_no', text: 'Does the law of your country follow {}?', help: { en: 'Please count statutes, decrees and directives.' } };
    const { text, ...asked } = index % 3 < 2 ? choice : others[Math.floor(index / 3) % 3];
    return { code: `Q${index}`, number: `${index + 1}`, heading: 'application', ...asked, text: { en: text.replace('{}', titles[index % titles.length]) } };
  });
}

const cells = [{
  code: 'T1', heading: 'application', type: 'table', text: { en: 'How many persons were held, by place and year?' }, missing: ['not_available'],
  rows: Array.from({ length: 50 }, (_, row) => ({ code: `r${row}`, text: { en: `Place ${row + 1}` } })),
  columns: Array.from({ length: 20 }, (_, column) => ({ code: `c${column}`, type: 'whole_number', text: { en: `Group ${column + 1}` } })),
}];

async function asked(sections) {
  const { id } = await api('POST', '/v1/instruments', { title: { en: 'A sample' }, category: 'I', route: 'intersessional', languages: ['en'] });
  const path = `/v1/instruments/${id}`;
  await api('PUT', `${path}/draft`, { title: { en: 'A sample' }, sections });
  await api('POST', `${path}/revisions`, {});
  await api('POST', `${path}/revisions/1/approval`, { meeting: 'Intersessional meeting', decision: 'A sample decision', date: '2011-02-01' });
  const collection = await api('POST', '/v1/collections', {
    instrument: id, revision: 1, title: { en: 'A sample of many questions' }, reference: 'CU/2011/26', opened_on: '2011-03-08',
    deadline: { at: '2999-12-31', time_zone: 'Europe/Vienna' }, invited: { kinds: ['member_state'] },
  });
  return collection.id;
}

export async function play(name) {
  const collection = await asked([
    { code: 'A', title: { en: 'Sixty questions' }, questions: sixty() },
    { code: 'B', title: { en: 'A thousand cells' }, questions: cells },
  ]);
  const anna = await Person.at(name);
  const { page } = anna;
  await anna.goTo(await invite(collection, 'MLT'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const hub = page.url();

  await anna.goTo(`${hub}/sections/A`);
  const parts = await page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((one) => one.getAttribute('href') ?? one.getAttribute('src')));
  let weight = gzipSync(await anna.source).length;
  for (const part of parts) {
    const response = await fetch(base + part, { headers: { 'Accept-Encoding': 'gzip' } });
    weight += Number(response.headers.get('content-length'));
  }
  console.log(`     sixty questions weigh ${weight} bytes, of which ${gzipSync(await anna.source).length} are the page`);
  assert.ok(weight <= MOST, `${weight} bytes`);

  await anna.goTo(`${hub}/sections/B`);
  const block = Array.from({ length: 50 }, (_, row) => Array.from({ length: 20 }, (_, column) => row * 20 + column).join('\t')).join('\r\n');
  await page.locator('[name="a.T1.r0.c0"]').focus();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, block);
  await saved(anna);
  assert.match(await page.locator('#live').innerText(), /Saved at/);
  await page.locator('[name="a.T1.r7.c7"]').fill('12');
  await saved(anna);
  await page.reload();
  assert.equal(await page.locator('[name="a.T1.r49.c19"]').inputValue(), '999');
  assert.equal(await page.locator('[name="a.T1.r7.c7"]').inputValue(), '12');
}
