// Chromium, and what is looked at on every page that it meets: its HTML, what axe finds, what its console says.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate(new FileSystemConfigLoader());

/** What is wrong with pages, over all plays. */
export const findings = new Set();

let chrome;
export async function open() {
  chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
}
export const close = () => chrome.close();

/** Somebody at a screen. */
export class Person {
  constructor(play, context, page, hasScript) {
    Object.assign(this, { play, context, page, hasScript });
    page.on('console', (said) => {
      // What the play itself brings about, a lost connection or a refusal, the browser tells too.
      if (said.type() === 'error' && !/Failed to load resource/.test(said.text())) this.finds(`console: ${said.text()}`);
    });
    page.on('pageerror', (error) => this.finds(`script: ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 500 && !this.isBreaking) this.finds(`${response.status()} ${response.url()}`);
      const isPage = response.request().isNavigationRequest() && response.headers()['content-type']?.startsWith('text/html');
      if (!isPage) return;
      this.source = response.text();
      this.source.catch(() => {});
    });
  }

  static async at(play, { width = 1100, height = 900, hasScript = true, locale = 'en-GB', ...more } = {}) {
    const context = await chrome.newContext({ viewport: { width, height }, javaScriptEnabled: hasScript, locale, timezoneId: 'Asia/Bangkok', ...more });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return new Person(play, context, page, hasScript);
  }

  finds(what) {
    findings.add(`${this.play}: ${what}`);
  }

  /** Goes somewhere and looks at it; gives with which status it answered. */
  async goTo(address) {
    const response = await this.page.goto(address);
    await this.look();
    return { status: response?.status() };
  }

  /** Presses a button or follows a link that leads to another page, and looks at that. */
  async follow(locator) {
    const left = this.page.waitForEvent('framenavigated').catch(async () => {
      const said = await this.page.locator('#live, #summary').allInnerTexts();
      throw new Error(`${locator} leads nowhere from ${this.page.url()}: ${said.join(' ')}`);
    });
    await Promise.all([left, locator.click()]);
    await this.page.waitForLoadState();
    await this.look();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** Looks at the page as it stands. */
  async look() {
    const { page } = this;
    const path = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/join\/.*/, 'join/…');
    const source = await this.source;
    const report = await validator.validateString(source, `${import.meta.dirname}/page.html`);
    for (const { messages } of report.results) {
      for (const { ruleId, message, line } of messages) {
        this.finds(`${path}: html-validate ${ruleId}: ${message}: ${source.split('\n')[line - 1]?.trim().slice(0, 160)}`);
      }
    }
    const { wide, violations } = await this.measured(async (shown) => ({
      wide: await shown.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      violations: await shown.evaluate(`${axe};axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)`),
    }));
    if (wide > 0) this.finds(`${path}: ${wide} pixels wider than the screen`);
    for (const { id, nodes } of violations) this.finds(`${path}: axe ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`);
  }

  /** Measures the page; where it runs no script, its like beside it. */
  async measured(measure) {
    if (this.hasScript) return measure(this.page);
    const source = await this.source;
    const context = await chrome.newContext({ viewport: this.page.viewportSize() });
    const like = await context.newPage();
    await like.route('**/*', (route) => {
      const request = route.request();
      if (request.isNavigationRequest()) return route.fulfill({ body: source, contentType: 'text/html' });
      return request.resourceType() === 'script' ? route.abort() : route.continue();
    });
    await like.goto(this.page.url());
    const found = await measure(like);
    await context.close();
    return found;
  }
}

/** Looks at pages in English and Arabic, with and without script, on wide screens and narrow ones, as whoever has these cookies. */
export async function lookAround(play, addresses, cookies = []) {
  for (const lang of ['en', 'ar']) {
    for (const hasScript of [true, false]) {
      const somebody = await Person.at(play, { locale: lang, hasScript, width: hasScript ? 1100 : 360 });
      // The language that was read before is left out.
      await somebody.context.addCookies(cookies.filter((cookie) => cookie.httpOnly));
      for (const address of addresses) {
        const { status } = await somebody.goTo(address);
        const shown = await somebody.page.getAttribute('html', 'lang');
        if (status >= 400 || shown !== lang) somebody.finds(`${address}: ${status}, in ${shown} where ${lang} is read`);
      }
      await somebody.context.close();
    }
  }
}
