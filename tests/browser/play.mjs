// Plays all, or those that are named; fails if one does, or if anything is wrong with a page that was met.
import { readdirSync } from 'node:fs';
import { close, findings, open } from './browser.mjs';

const named = process.argv.slice(2);
const plays = readdirSync(new URL('plays', import.meta.url)).filter((file) => !named.length || named.includes(file.replace('.mjs', '')));
let failed = 0;
await open();
for (const file of plays.sort()) {
  const { title, play } = await import(`./plays/${file}`);
  const began = Date.now();
  try {
    await play(title);
    console.log(`ok   ${title} (${Math.round((Date.now() - began) / 1000)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${title}\n${error.stack}`);
  }
}
await close();
for (const finding of findings) console.log(`     ${finding}`);
console.log(`${plays.length - failed} of ${plays.length} plays hold, ${findings.size} findings`);
process.exitCode = failed || findings.size ? 1 : 0;
