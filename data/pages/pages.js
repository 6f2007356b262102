// Makes every page easier to use, which is whole without it: times are told by the clock of whoever reads too, and at sign-out what this
// browser kept of what was typed goes.
'use strict';
(() => {
  const lang = document.documentElement.lang;
  const locale = { en: 'en-GB', ar: 'ar-u-nu-latn' }[lang] ?? lang;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const element of document.querySelectorAll('time[data-local]')) {
    if (element.dataset.zone === here) continue;
    const told = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }).format(new Date(element.dateTime));
    const beside = document.createElement('span');
    beside.className = 'local';
    beside.append(element.dataset.local.replace('{time}', told));
    element.after(' ', beside);
  }
  document.addEventListener('submit', (event) => {
    if (event.target.getAttribute('action') !== '/sign-out') return;
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith('rapporteur:')) localStorage.removeItem(key);
    } catch { /* Where nothing can be kept, nothing is. */ }
  });
})();
