// What pages say in a language, so that one play can press the same buttons in each.
import { readFileSync } from 'node:fs';

/** The words of pages in a language, by their keys. */
export const words = (lang) => JSON.parse(readFileSync(new URL(`../../data/words/${lang}.json`, import.meta.url), 'utf8'));
