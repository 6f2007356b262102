import { Person, open, close } from './browser.mjs';
import { collection, invite } from './demonstration.mjs';
await open();
for (const [tag, opts, lang, st] of [['en', {}, 'en', 'GRC'], ['ar', { locale: 'ar' }, 'ar', 'EGY'], ['n', { width: 360, height: 740, isMobile: true, hasTouch: true }, 'en', 'ITA']]) {
  const a = await Person.at('x', opts); const { page } = a;
  for (const col of ['legal aid', 'figures of crime']) {
  await page.goto(await invite(await collection(col), st, { language: lang }));
  await page.locator('main button').last().click(); await page.waitForLoadState();
  await page.screenshot({ path: `/tmp/s-${tag}-home.png`, fullPage: true });
  await page.locator('main button').last().click(); await page.waitForLoadState();
  const hub = page.url();
  await page.screenshot({ path: `/tmp/s-${tag}-hub.png`, fullPage: true });
  if (col === 'legal aid') {
  await page.goto(hub + '/sections/L');
  await page.locator('[name="a.L1"][value=in_part]').check();
  await page.locator('[name="a.L2"][value=other]').check();
  await page.locator('[name="a.L1B"]').fill('99999'); await page.locator('[name="a.L1B"]').blur();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `/tmp/s-${tag}-L.png`, fullPage: true });
  } else {
  await page.goto(hub + '/sections/P');
  await page.locator('[name="a.P1.homicide.y2020"]').fill('1.234'); await page.locator('[name="a.P1.homicide.y2020"]').blur();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `/tmp/s-${tag}-P.png`, clip: { x: 0, y: 0, width: opts.width ?? 1100, height: 1500 }, fullPage: true });
  }
  }
}
await close();
