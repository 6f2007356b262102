// A section of sixty questions weighs little, with all that it needs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Person } from '../browser.mjs';
import { asked, base, invite } from '../demonstration.mjs';

export const title = 'a section of sixty questions is light';

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

export async function play(name) {
  const collection = await asked([{ code: 'A', title: { en: 'Sixty questions' }, questions: sixty() }]);
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
}
