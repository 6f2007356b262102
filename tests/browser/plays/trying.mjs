// An officer tries a revision as a respondent would see it; nothing of it is recorded.
import assert from 'node:assert/strict';
import { Person } from '../browser.mjs';
import { api, base, officer } from '../demonstration.mjs';
import { words } from '../words.mjs';

export const title = 'an officer tries a revision, in English and in Arabic without script';

/** What is tried: a condition, a check, a list and a table, in English alone. */
const SECTIONS = [
  {
    code: 'A', title: { en: 'Legal basis' },
    questions: [
      { code: 'A1', number: '1', heading: 'application', type: 'one_choice', scale: 'yes_in_part_no', required: true, text: { en: 'Is it law?' } },
      { code: 'A2', number: '2', heading: 'application', type: 'text', text: { en: 'Which law?' }, relevant: "A1 == 'yes'" },
      {
        code: 'A3', number: '3', heading: 'application', type: 'whole_number', text: { en: 'How many are detained?' },
        checks: [{ code: 'few', kind: 'refuse', rule: 'this < 500', text: { en: 'These are too many.' } }],
      },
    ],
  },
  {
    code: 'B', title: { en: 'Practice' },
    questions: [{
      code: 'B1', number: '4', heading: 'practices', type: 'table', text: { en: 'How many offences were there?' },
      rows: [{ code: 'theft', text: { en: 'Theft' } }, { code: 'fraud', text: { en: 'Fraud' } }],
      columns: [{ code: 'men', type: 'whole_number', text: { en: 'Men' } }, { code: 'women', type: 'whole_number', text: { en: 'Women' } }],
    }],
  },
];

/** What was recorded after a position. */
async function recorded(after) {
  const { events, next, head } = await api('GET', `/v1/events?after=${after}&limit=1000`);
  return next < head ? [...events, ...(await recorded(next))] : events;
}

export async function play(name) {
  const { position: start } = await api('GET', '/v1/log/head');
  const sample = { en: 'A sample to try' };
  const { id } = await api('POST', '/v1/instruments', { title: sample, category: 'I', route: 'intersessional', languages: ['en'] });
  await api('PUT', `/v1/instruments/${id}/draft`, { title: sample, sections: SECTIONS });
  await api('POST', `/v1/instruments/${id}/revisions`, {});
  const { position } = await api('GET', '/v1/log/head');
  // Others write to the log meanwhile. A trial could write as this officer alone: to this revision's instrument, of it, or a reply.
  const [made] = (await recorded(start)).filter(({ stream }) => stream === id);
  const isOfTrial = ({ actor, stream, kind, data }) => actor.principal === made.actor.principal
    && (stream === id || ['reply_started', 'reply_answered', 'reply_cleared'].includes(kind) || JSON.stringify(data).includes(id));
  assert.ok((await recorded(start)).some(isOfTrial), 'what this officer records is seen');
  for (const [lang, hasScript] of [['en', true], ['ar', false]]) await tried(name, id, lang, hasScript);
  assert.deepEqual((await recorded(position)).filter(isOfTrial), [], 'nothing is recorded');
}

async function tried(name, instrument, lang, hasScript) {
  const w = words(lang);
  // An officer's token stands for their session.
  const maria = await Person.at(name, { locale: lang, hasScript, extraHTTPHeaders: officer });
  const { page } = maria;
  const isSaid = async (text) => assert.ok(await page.getByText(text).first().isVisible(), `${text}: ${await page.locator('main').innerText()}`);
  const hub = `/instruments/${instrument}/revisions/1/try`;
  await maria.goTo(`${base}/home`);
  await maria.follow(page.locator(`a[href="${hub}"]`));
  await isSaid(w.try_note.replace('{revision}', '1'));
  if (lang === 'ar') await isSaid(w.try_lacking);
  await maria.follow(page.locator('button[name=go][value=show]').first());

  // What is typed calls for more, is checked, and travels on.
  await page.locator('[name="a.A1"][value=yes]').check();
  await page.locator('[name="a.A3"]').fill('1,204'.replace(',', lang === 'ar' ? '' : ','));
  await maria.follow(maria.button(w.try_continue));
  await isSaid('Which law?');
  await isSaid('These are too many.');
  await page.locator('[name="a.A3"]').fill('many');
  await maria.follow(maria.button(w.try_continue));
  assert.equal(await page.locator('[name="a.A3"]').inputValue(), 'many');
  assert.ok(await page.locator('#summary').isVisible());
  await page.locator('[name="a.A3"]').fill('42');
  await page.locator('[name="a.A2"]').fill('The <b>law</b>.');
  await maria.follow(maria.button(w.try_continue));
  await isSaid('How many offences were there?');
  await page.locator('[name="a.B1.theft.men"]').fill('7');
  await maria.follow(maria.button(w.back_to_hub));
  await maria.follow(maria.button(w.try_check));
  await isSaid(w.try_complete);
  await maria.follow(page.locator('button[name=go][value=show]').first());
  assert.equal(await page.locator('[name="a.A2"]').inputValue(), 'The <b>law</b>.');
  assert.ok(await page.locator('[name="a.A1"][value=yes]').isChecked());

  // In another language, with what was typed.
  const other = lang === 'en' ? 'ar' : 'en';
  await maria.follow(page.locator(`.tools button[formaction$="lang=${other}"]`));
  assert.equal(await page.getAttribute('html', 'lang'), other);
  assert.equal(await page.locator('[name="a.A2"]').inputValue(), 'The <b>law</b>.');
  // And back, by the languages on top.
  await maria.follow(page.locator(`.languages button[lang=${lang}]`));
  assert.equal(await page.getAttribute('html', 'lang'), lang);
  assert.equal(await page.locator('[name="a.A2"]').inputValue(), 'The <b>law</b>.');
  await maria.goTo(`${base}${hub}?lang=${lang}`);
  await maria.follow(maria.button(w.try_check));
  await isSaid(w.try_incomplete);
}
