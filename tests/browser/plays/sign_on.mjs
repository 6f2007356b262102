// Somebody of the Secretariat signs in by the page of an issuer, and out again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAround, Person } from '../browser.mjs';
import { Issuer } from '../issuer.mjs';
import { words } from '../words.mjs';

export const title = 'an officer signs in by an issuer, in English and in Arabic without script';

/** A server of its own, since a demonstration has no issuers; gives its address and what stops it. */
async function served(settings) {
  const folder = mkdtempSync(join(dirname(process.env.DEMONSTRATION), 'sign-on-'));
  // The private PostgreSQL of root is another account's.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'issuers.json'), JSON.stringify(settings));
  const { RAPPORTEUR_DATABASE_URL, ...environment } = process.env;
  const server = spawn(process.env.RAPPORTEUR, ['serve', '--port', '0', '--data-dir', join(folder, 'data'), '--oidc-issuers', join(folder, 'issuers.json')], {
    env: environment, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((end) => server.on('close', end));
  let told = '';
  const ready = new Promise((is, isNot) => {
    server.stderr.on('data', (part) => (told += part));
    server.stdout.on('data', (part) => {
      const [, url] = /ready at (http\S+)/.exec(part) ?? [];
      if (url) is(url);
    });
    ended.then(() => isNot(new Error(told)));
  });
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url: await ready, stop };
}

export async function play(name) {
  const issuer = await Issuer.start();
  const { url, stop } = await served(issuer.settings());
  try {
    await lookAround(name, [`${url}/sign-in`]);
    await signedIn(name, url, issuer, 'en', true);
    await signedIn(name, url, issuer, 'ar', false);
  } finally {
    await stop();
    issuer.stop();
  }
}

async function signedIn(name, url, issuer, lang, hasScript) {
  const w = words(lang);
  const maria = await Person.at(name, { locale: lang, hasScript });
  const { page } = maria;
  /** Presses the button, and answers at the issuer's page. */
  const answer = async (link) => {
    await maria.goTo(`${url}/home`);
    const left = page.waitForURL((to) => to.href.startsWith(issuer.url));
    await page.getByRole('button', { name: 'Secretariat staff' }).click();
    await left;
    await maria.follow(page.getByRole('link', { name: link }));
  };
  const isSaid = async (text) => assert.ok(await page.getByText(text).first().isVisible(), `${text}: ${page.url()} ${await page.locator('main').innerText()}`);

  issuer.claims = { roles: ['Officer'], name: 'Maria Example', email: 'maria@example.org', email_verified: true };
  await answer('Cancel');
  await isSaid(w.sso_denied);
  issuer.claims = { ...issuer.claims, roles: [] };
  await answer('Let me in');
  await isSaid(w.sso_no_role);
  issuer.claims = { ...issuer.claims, roles: ['Officer'] };
  await answer('Let me in');
  assert.equal(new URL(page.url()).pathname, '/home', 'one goes on where one was going');
  await isSaid(w.account_officer);
  await lookAround(name, [`${url}/home`], await maria.context.cookies(url));
  await page.goto(`${url}/home`);
  await maria.follow(maria.button(w.sign_out));
  await isSaid(w.signed_out_title);
  await maria.goTo(`${url}/home`);
  assert.match(page.url(), /\/sign-in/);
}
