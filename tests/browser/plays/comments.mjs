// A non-governmental organization that is asked for comments opens its letter, tries the revision and comments on it.
import assert from 'node:assert/strict';
import { lookAround, Person } from '../browser.mjs';
import { api, link } from '../demonstration.mjs';
import { words } from '../words.mjs';

export const title = 'an organization comments on a revision from its letter, in English and in Arabic without script';

/** What is consulted on: words in English and Arabic, every way to answer that reads differently. */
const SECTIONS = [{
  code: 'A', title: { en: 'Legal basis', ar: 'الأساس القانوني' },
  questions: [
    { code: 'A1', number: '1', heading: 'application', type: 'one_choice', scale: 'yes_in_part_no', text: { en: 'Is it law?', ar: 'هل هو قانون؟' } },
    { code: 'A2', number: '2', heading: 'application', type: 'text', text: { en: 'Which law?', ar: 'أي قانون؟' } },
    {
      code: 'P1', number: '3', heading: 'application', type: 'table', text: { en: 'How many offences were there?', ar: 'كم عدد الجرائم؟' },
      rows: [{ code: 'theft', text: { en: 'Theft', ar: 'السرقة' } }, { code: 'fraud', text: { en: 'Fraud', ar: 'الاحتيال' } }],
      columns: [{ code: 'men', type: 'whole_number', text: { en: 'Men', ar: 'رجال' } }, { code: 'women', type: 'whole_number', text: { en: 'Women', ar: 'نساء' } }],
    },
  ],
}];

/** A revision that these parties are asked about; gives the consultation. */
async function forwarded(parties) {
  const name = { en: 'A sample to comment on', ar: 'عينة للتعليق' };
  const instrument = await api('POST', '/v1/instruments', { title: name, category: 'I', route: 'intersessional', languages: ['en', 'ar'] });
  await api('PUT', `/v1/instruments/${instrument.id}/draft`, { title: name, sections: SECTIONS });
  const { revision } = await api('POST', `/v1/instruments/${instrument.id}/revisions`, {});
  const consultation = await api('POST', '/v1/consultations', {
    instrument: instrument.id, revision, reference: 'CU/2004/52', opened_on: '2004-05-03',
    deadline: { at: '2999-12-31', time_zone: 'Europe/Vienna' }, parties,
  });
  return { consultation: consultation.id, instrument: instrument.id, revision };
}

export async function play(name) {
  for (const code of ['PLAY-NGO', 'PLAY-IGO']) {
    const names = { en: `Organization ${code}`, ar: `منظمة ${code}` };
    // Where it is played again, they are registered already.
    await api('POST', '/v1/parties', { code, kind: code.slice(5).toLowerCase(), names }).catch(() => {});
  }
  const asked = await forwarded(['PLAY-NGO', 'PLAY-IGO']);
  await commented(name, asked, { party: 'PLAY-NGO', lang: 'en', hasScript: true });
  await commented(name, asked, { party: 'PLAY-IGO', lang: 'ar', hasScript: false });
  const { items } = await api('GET', `/v1/consultations/${asked.consultation}/comments`);
  assert.equal(items.filter((comment) => comment.state !== 'withdrawn').length, 6, JSON.stringify(items));
}

async function commented(name, { consultation, instrument, revision }, { party, lang, hasScript }) {
  const w = words(lang);
  const noor = await Person.at(name, { locale: lang, hasScript });
  const { page } = noor;
  // In both languages, with and without script: once, since the same pages are met again.
  const lookAtAll = async (addresses) => hasScript && lookAround(name, addresses, await noor.context.cookies());
  const isSaid = async (text) => assert.ok(await page.getByText(text).first().isVisible(), `${text}: ${await page.locator('main').innerText()}`);
  const email = `noor.${consultation.slice(-6)}.${lang}@example.org`;
  await api('POST', `/v1/consultations/${consultation}/parties/${party}/invitation`, { name: 'Noor Example', email, language: lang });
  const letter = await link(email);
  if (hasScript) await lookAround(name, [letter]);
  await noor.goTo(letter);
  await isSaid(w.invitation_to_comment);
  await noor.follow(noor.button(w.invitation_begin));
  if (!page.url().endsWith(consultation)) {
    await noor.goTo(new URL('/home', page.url()).href);
    await noor.follow(noor.link(w.home_consultation_open));
  }
  const read = page.url();
  assert.match(read, new RegExp(consultation));

  // On the whole, a section, a question and a row; each is told back where it stands.
  const add = (query) => page.locator(`a.add[href$="/comment${query}"]`);
  for (const query of ['', '?section=A', '?question=A1', '?question=P1.theft']) {
    await noor.follow(add(query));
    await page.locator('#text').fill(`Words on ${query} <b>as typed</b>.`);
    await page.locator('#wording').fill('Est-ce une loi ?');
    await page.locator('#lang').selectOption('fr');
    await noor.follow(noor.button(w.comment_send));
    await isSaid(w.comment_made);
    await isSaid(`Words on ${query} <b>as typed</b>.`);
  }
  assert.equal(await page.locator('.remark .words[lang=fr]').count(), 4);
  // What is empty is told beside where it is asked, and what was typed stays.
  await noor.follow(add('?question=A2'));
  await page.locator('#wording').fill('Which laws?');
  await noor.follow(noor.button(w.comment_send));
  assert.ok(await page.locator('#summary').isVisible());
  assert.equal(await page.locator('#wording').inputValue(), 'Which laws?');
  await noor.follow(noor.link(w.comment_leave));

  // One is corrected, another taken back.
  const remark = (of) => page.locator('.remark', { hasText: `Words on ${of} ` });
  const change = (of, to) => remark(of).getByRole('link').filter({ hasText: to });
  const correction = new URL(await change('?question=A1', w.comment_correct).getAttribute('href'), read).href;
  await lookAtAll([read, correction, `${correction}/withdrawal`, `${read}/comment?question=P1.theft`, new URL('/home', read).href]);
  await noor.follow(change('?question=A1', w.comment_correct));
  await page.locator('#text').fill('Better words.');
  await noor.follow(noor.button(w.comment_save));
  await isSaid(w.comment_corrected);
  await isSaid('Better words.');
  await noor.follow(change('?section=A', w.comment_withdraw));
  await noor.follow(noor.button(w.comment_withdraw));
  await isSaid(w.comment_withdrawn);
  assert.equal(await page.locator('.remark').count(), 3);

  // It tries what it comments on.
  await noor.follow(noor.link(w.try_link));
  assert.match(page.url(), new RegExp(`/instruments/${instrument}/revisions/${revision}/try`));
  await noor.goTo(new URL('/home', read).href);
  await isSaid(new RegExp(lang === 'en' ? 'Your party made 3 comments' : '3'));
  await noor.follow(noor.button(w.sign_out));
}
