// The demonstration that is played with: what an officer does by the API, and the links that letters would bring.
import { readFileSync } from 'node:fs';

const ready = JSON.parse(readFileSync(process.env.DEMONSTRATION, 'utf8'));
export const base = ready.url;
export const officer = { Authorization: `Bearer ${ready.tokens.secretariat}` };

/** Asks the API; a refusal is a failure. */
export async function api(method, path, body, headers = officer) {
  const response = await fetch(base + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** A collection of the demonstration by a word of its title. */
export async function collection(word) {
  const { items } = await api('GET', '/v1/collections?limit=50');
  return items.find((item) => item.title.includes(word)).id;
}

const letters = new Set();

/** Waits for the letter to an address, and gives the link in it. */
export async function link(address) {
  for (let tried = 0; tried < 60; tried += 1) {
    const { items } = await api('GET', '/v1/letters?state=queued&limit=100');
    for (const { id } of items.filter((item) => !letters.has(item.id))) {
      const letter = JSON.stringify(await api('GET', `/v1/letters/${id}`));
      const [found] = letter.match(/http:[^"\\\s]*\/join\/[A-Za-z0-9_-]+/) ?? [];
      if (!letter.includes(address)) continue;
      letters.add(id);
      if (found) return found;
    }
    await new Promise((wait) => setTimeout(wait, 500));
  }
  throw new Error(`no letter came to ${address}`);
}

/** Invites a focal point of a State, and gives the link of their letter. */
export async function invite(of, state, { language = 'en', name = 'Anna Berg' } = {}) {
  const { items } = await api('GET', '/v1/parties?limit=300');
  const party = items.find((item) => item.code === state).id;
  // Some are invited already.
  await api('POST', `/v1/collections/${of}/invitations`, { parties: [party] }).catch(() => {});
  const email = `${state.toLowerCase()}.${of.slice(-6)}.${language}@example.org`;
  await api('POST', `/v1/collections/${of}/parties/${party}/invitation`, { name, email, language });
  return link(email);
}

/** A collection that asks these sections. */
export async function asked(sections) {
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
