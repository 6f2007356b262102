// What everybody reads, and where its links lead.
import assert from 'node:assert/strict';
import { lookAround, Person } from '../browser.mjs';
import { api, base } from '../demonstration.mjs';

export const title = 'the public pages in English and Arabic, and every link on them';

export async function play(name) {
  const anybody = await Person.at(name, { hasScript: false });
  const { page } = anybody;
  const onPage = async (path, beginning) => {
    await page.goto(base + path);
    const all = await page.locator(`main a[href^="${beginning}"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    return [...new Set(all)];
  };
  const collections = await onPage('/collections', '/collections/');
  const published = [];
  for (const collection of collections) published.push(...(await onPage(collection, '/published/')).slice(0, 1));
  assert.ok(published.length, 'a reply is published');
  const paths = ['/', '/mandate', '/collections', collections[0], ...published.slice(0, 2), '/reports', '/needs'];
  await lookAround(name, paths.map((path) => base + path));

  // Documents that are pages of their own, which run no script.
  const narrow = await Person.at(name, { hasScript: false, width: 360 });
  const documents = (await onPage('/reports', '/v1/reports/')).filter((path) => path.includes('/page?'));
  const { items } = await api('GET', '/v1/instruments?limit=50');
  for (const { id } of items) {
    const path = `/v1/instruments/${id}/comments-document`;
    if ((await fetch(base + path)).ok) documents.push(path);
  }
  assert.ok(documents.length > 1, `${documents.length} documents`);
  for (const lang of ['en', 'ar']) {
    for (const path of documents.slice(0, 2)) await narrow.goTo(`${base}${path.split('?')[0]}?lang=${lang}`);
  }

  // Whatever is led to, in either language, is there: on this site, and on the page itself.
  const led = new Map();
  for (const lang of ['en', 'ar']) {
    for (const path of [...paths, ...collections]) {
      await page.goto(`${base}${path}?lang=${lang}`);
      const links = await page.locator('[href], [src]').evaluateAll((all) => all.map((one) => one.href ?? one.src));
      for (const link of links) led.set(link, path);
    }
  }
  assert.ok(led.size > 40, `${led.size} links`);
  for (const [link, path] of led) {
    const url = new URL(link);
    if (url.origin !== base) {
      anybody.finds(`${path} leads elsewhere: ${link}`);
      continue;
    }
    const response = await fetch(link);
    const text = await response.text();
    if (response.status >= 400) anybody.finds(`${path} leads to ${response.status}: ${link}`);
    if (url.hash && !text.includes(`id="${decodeURIComponent(url.hash.slice(1))}"`)) anybody.finds(`${path} leads to no such place: ${link}`);
  }
}
