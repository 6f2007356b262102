// Answers whatever a section asks, as a person would who answers everything: what comes up by an answer too.

/** How the fields that are in sight stand: found in one go. */
const FIELDS = `[...document.querySelectorAll('form#section [data-a]')].filter((box) => !box.closest('[hidden]')).map((box) => {
  const address = box.dataset.a;
  const controls = [...document.getElementsByName('a.' + address)].filter((one) => !one.closest('.option[hidden]') && !one.readOnly);
  const isGiven = controls.some((one) => one.type === 'radio' || one.type === 'checkbox' ? one.checked : one.value !== '');
  const [first] = controls;
  return { address, isGiven, kind: first?.tagName === 'SELECT' ? 'select' : first?.tagName === 'TEXTAREA' ? 'words' : first?.type ?? 'none',
    isFigure: first?.inputMode === 'decimal' || first?.inputMode === 'numeric', isYear: first?.classList.contains('year') ?? false,
    isMoney: document.getElementsByName('n.' + address).length > 0, isCell: box.parentElement.tagName === 'TD',
    values: controls.filter((one) => !('exclusive' in one.dataset)).map((one) => one.value), count: controls.length,
    options: first?.tagName === 'SELECT' ? [...first.options].filter((one) => one.value && !one.hidden).map((one) => one.value) : [] };
})`;

const named = (kind, address) => `[name="${kind}.${address}"]`;

/** Opens what a control stands in, where that is closed. */
export async function opened(control) {
  const closed = control.locator('xpath=ancestor::details[not(@open)]');
  if (await closed.count()) await closed.locator('> summary').click();
  return control;
}

/** Answers a field as its control is. */
async function answer(page, field, chosen) {
  const { address } = field;
  const control = page.locator(named('a', address));
  if (field.kind !== 'none') await opened(control.first());
  const [value] = chosen ?? [];
  switch (field.kind) {
    case 'radio':
      return page.locator(`${named('a', address)}[value="${value ?? field.values[0]}"]`).check();
    case 'checkbox':
      return page.locator(`${named('a', address)}[value="${value ?? field.values[0]}"]`).check();
    case 'select':
      for (let place = 0; place < field.count; place += 1) await control.nth(place).selectOption(chosen?.[place] ?? field.options[place]);
      return null;
    case 'date':
      return control.fill(value ?? '2024-03-31');
    case 'month':
      return control.fill(value ?? '2024-03');
    case 'url':
      return control.fill(value ?? 'https://example.org/law');
    case 'email':
      return control.fill(value ?? 'anna.berg@example.org');
    case 'none':
      return null;
    default:
      if (field.isMoney) await page.locator(named('n', address)).fill('EUR');
      if (field.isYear) return control.fill(value ?? '2019');
      if (field.isFigure) return control.fill(value ?? (field.isCell ? '0' : '12'));
      return control.fill(value ?? 'Words of a play');
  }
}

/** Answers all of a section that is shown, with these values at these addresses; `null` leaves one blank. Gives what was answered. */
export async function answerSection(person, choices = {}) {
  const { page } = person;
  const done = new Set();
  for (let round = 0; round < 12; round += 1) {
    const fields = await page.evaluate(FIELDS);
    const open = fields.filter(({ address, isGiven, kind }) => !done.has(address) && !isGiven && kind !== 'none' && choices[address] !== null
      && !address.startsWith('checks.'));
    if (!open.length) break;
    for (const field of open) {
      done.add(field.address);
      const box = page.locator(`[data-a="${field.address}"]`);
      // Another answer may have hidden it meanwhile.
      if (await box.isVisible()) await answer(page, field, choices[field.address]);
    }
    await saved(person);
  }
  return done;
}

/** Waits until what was typed is saved, by the script; or saves it by the form's button. */
export async function saved(person) {
  const { page } = person;
  if (person.hasScript) {
    await page.evaluate(() => document.activeElement.blur());
    await page.waitForTimeout(100);
    await page.waitForFunction((saving) => {
      const said = document.getElementById('live').textContent;
      return said && said !== saving;
    }, await page.locator('#section').getAttribute('data-saving'));
    return;
  }
  const button = page.locator('#section button[name=go][value=stay]');
  await Promise.all([page.waitForEvent('framenavigated'), button.evaluate((element) => element.click())]);
  await page.waitForLoadState();
}
