// Plays all, or those that are named; fails if one does, or if anything is wrong with a page that was met.
import { readdirSync } from 'node:fs';
import { close, findings, open } from './browser.mjs';

const named = process.argv.slice(2);
const plays = readdirSync(new URL('plays', import.meta.url)).filter((file) => !named.length || named.includes(file.replace('.mjs', '')));
// Each has a State, a questionnaire or a server of its own, so that two are played at once.
const AT_ONCE = 2;
let failed = 0;
const waiting = plays.sort();
const total = plays.length;
const start = Date.now();

async function playOne(file) {
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

async function playOn() {
  for (let file = waiting.shift(); file; file = waiting.shift()) await playOne(file);
}

await open();
await Promise.all(Array.from({ length: AT_ONCE }, playOn));
await close();
for (const finding of findings) console.log(`     ${finding}`);
console.log(`${total - failed} of ${total} plays hold, ${findings.size} findings (${Math.round((Date.now() - start) / 1000)} s)`);
process.exitCode = failed || findings.size ? 1 : 0;
