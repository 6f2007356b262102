// A connection that is lost, a session that is over, a server that is away: nothing that was typed is lost.
import assert from 'node:assert/strict';
import { opened, saved } from '../answers.mjs';
import { Person } from '../browser.mjs';
import { collection, invite } from '../demonstration.mjs';

export const title = 'without a connection what is typed is kept, and sent later';

export async function play(name) {
  const anna = await Person.at(name);
  const { page, context } = anna;
  const legalAid = await collection('legal aid');
  await anna.goTo(await invite(legalAid, 'NOR'));
  await anna.follow(anna.button('Sign in and begin'));
  await anna.follow(anna.button('Begin the reply'));
  const address = `${page.url()}/sections/L`;
  await anna.goTo(address);
  const live = page.locator('#live');
  const says = (words) => page.waitForFunction((text) => document.getElementById('live').textContent.includes(text), words);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('rapporteur:')).length);
  await page.locator('[name="a.L1"][value=yes]').check();
  await saved(anna);
  assert.match(await live.innerText(), /Saved at \d\d:\d\d/);
  assert.equal(await kept(), 0);

  // A question is answered, and the answer taken back.
  const clear = page.locator('button[name=clear][value=L1]');
  await clear.click();
  await saved(anna);
  assert.equal(await page.locator('[name="a.L1"]:checked').count(), 0);
  assert.ok(await clear.isHidden());
  await page.locator('[name="a.L1"][value=yes]').check();
  await saved(anna);

  // "Not available" stands for a value, and a value for "not available".
  const year = page.locator('[name="a.L1B"]');
  await year.fill('1999');
  const missing = await opened(page.locator('[name="m.L1B"]'));
  await missing.check();
  assert.equal(await year.inputValue(), '');
  await saved(anna);
  await year.fill('2001');
  assert.ok(!(await missing.isChecked()));
  await saved(anna);

  // One option excludes the others; the words of an option are asked for at once.
  const one = (option) => page.locator(`[name="a.L2"][value=${option}]`);
  await one('arrest').check();
  await one('other').check();
  assert.ok(await page.locator('[data-a="L2.other"]').isVisible());
  await one('none').check();
  assert.ok(!(await one('arrest').isChecked()));
  assert.ok(await page.locator('[data-a="L2.other"]').isHidden());
  await one('charge').check();
  assert.ok(!(await one('none').isChecked()));
  await saved(anna);

  anna.isBreaking = true;
  await context.setOffline(true);
  await one('trial').check();
  await says('There is no connection.');
  assert.equal(await kept(), 1);
  await anna.look();
  await context.setOffline(false);
  await says('Saved at');
  assert.equal(await kept(), 0);

  // The server is away for a while; the page is closed meanwhile, and opened again.
  const away = (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 503, body: '' }) : route.continue());
  await page.route('**/sections/*', away);
  await one('appeal').check();
  await says('The server does not answer');
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  assert.ok(await one('appeal').isChecked(), 'what was typed is put back');
  await page.unroute('**/sections/*', away);
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await says('Saved at');
  assert.equal(await kept(), 0);
  await page.reload();
  assert.ok(await one('appeal').isChecked(), 'and saved');

  // The session is over.
  const cookies = await context.cookies();
  await context.clearCookies();
  await one('appeal').uncheck();
  await says('you are signed out');
  await anna.look();
  assert.equal(await kept(), 1);
  await context.addCookies(cookies);
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await says('Saved at');
  assert.ok(!(await one('appeal').isChecked()));

  // At sign-out nothing is kept.
  await page.route('**/sections/*', away);
  await one('appeal').check();
  await says('The server does not answer');
  assert.equal(await kept(), 1);
  page.once('dialog', (dialog) => dialog.accept());
  await anna.follow(anna.button('Sign out'));
  assert.equal(await kept(), 0);
  await context.close();
}
