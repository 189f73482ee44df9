// @ts-check
// How a query looks: its keywords, texts and numbers, and the names that there are.

import {HighlightStyle, StreamLanguage, syntaxHighlighting} from '@codemirror/language';
import {tags} from '@lezer/highlight';
import {KEYWORDS} from './query-text.js';

/** @typedef {import('./catalog.js').Dataset} Dataset */

const QUOTES = "'‘’";

/** @param {Dataset[]} sets whose names are known @returns {import('@codemirror/state').Extension} */
export function queryLanguage(sets) {
  const kinds = kindsOf(sets);
  return StreamLanguage.define({
    name: 'query',
    startState: () => ({quoted: false}),
    token(stream, state) {
      if (!state.quoted && stream.eatSpace()) return null;
      if (state.quoted || (QUOTES.includes(stream.peek() ?? ' ') && stream.next())) {
        state.quoted = !toQuote(stream);
        return 'string';
      }
      if (stream.match(/^-?\d+(\.\d+)?(?![\p{L}\p{N}_])/u)) return 'number';
      const word = /** @type {RegExpMatchArray | null} */ (stream.match(/^[\p{L}\p{N}_][\p{L}\p{N}\p{Mn}_$#]*/u));
      if (word) return KEYWORDS.has(word[0].toLowerCase()) ? 'keyword' : (kinds.get(word[0].toLowerCase()) ?? 'variableName');
      stream.next();
      return 'operator';
    },
  });
}

/** Takes the text up to its end, which may be on a later line; a quote that is written twice is none. @param {import('@codemirror/language').StringStream} stream */
function toQuote(stream) {
  while (!stream.eol()) {
    if (!QUOTES.includes(stream.next() ?? ' ')) continue;
    if (!QUOTES.includes(stream.peek() ?? ' ')) return true;
    stream.next();
  }
  return false;
}

/** @param {Dataset[]} sets */
function kindsOf(sets) {
  const kinds = new Map();
  for (const set of sets) {
    set.availableDateRanges.forEach(name => kinds.set(name.toLowerCase(), 'atom'));
    set.selectableColumns.forEach(name => kinds.set(name.toLowerCase(), 'propertyName'));
    set.availableMetrics.forEach(name => kinds.set(name.toLowerCase(), 'macroName'));
    kinds.set(set.datasetName.toLowerCase(), 'typeName');
  }
  return kinds;
}

export const queryColours = syntaxHighlighting(
  HighlightStyle.define([
    {tag: tags.keyword, color: 'var(--accent)', fontWeight: '600'},
    {tag: tags.string, color: 'var(--quoted)'},
    {tag: [tags.number, tags.atom], color: 'var(--fixed)'},
    {tag: tags.typeName, fontWeight: '600'},
    {tag: tags.macroName, fontStyle: 'italic'},
    {tag: tags.variableName, color: 'var(--muted)'},
  ]),
);
