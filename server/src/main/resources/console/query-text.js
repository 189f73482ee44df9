// @ts-check
// The query language as an editor sees it: where in a text one is, and what may stand there. Whether a text is right, the
// service says.

/**
 * @typedef {import('./catalog.js').Dataset} Dataset
 * @typedef {{kind: 'string' | 'number' | 'word' | 'sign', text: string, from: number, to: number}} Token
 * @typedef {'start' | 'names' | 'named' | 'dataset' | 'clauses' | 'column' | 'operator' | 'value' | 'list' | 'condition' | 'by'
 *   | 'sort' | 'sorted' | 'ordered' | 'limit' | 'limited' | 'range' | 'end'} Place
 * @typedef {{place: Place, dataset: string, selected: string[], distinct: boolean}} Reading
 * @typedef {{label: string, type: string, detail: string, apply?: string, boost?: number}} Option
 */

export const KEYWORDS = new Set(['select', 'distinct', 'from', 'where', 'and', 'not', 'like', 'in', 'order', 'by', 'asc', 'desc', 'limit', 'timespan']);

const TOKENS = /(?<string>['‘’](?:[^'‘’]|['‘’]{2})*(?:['‘’]|$))|(?<number>-?\d+(?:\.\d+)?(?![\p{L}\p{N}_]))|(?<word>[\p{L}\p{N}_][\p{L}\p{N}\p{Mn}_$#]*)|(?<sign><>|[!<>=]=|[^\s\u200b\ufeff])/gu;

/** @param {string} text @returns {Token[]} */
function tokens(text) {
  return [...text.matchAll(TOKENS)].map(found => {
    const [kind] = Object.entries(found.groups ?? {}).find(([, part]) => part !== undefined) ?? ['sign'];
    return {kind: /** @type {Token['kind']} */ (kind), text: found[0], from: found.index, to: found.index + found[0].length};
  });
}

/** Where each clause begins. @type {Record<string, Place>} */
const CLAUSES = {select: 'names', from: 'dataset', where: 'column', order: 'by', limit: 'limit', timespan: 'range'};

/** What follows a token in a place; one that does not belong there changes nothing. @type {Record<Place, (word: string, token: Token) => Place | undefined>} */
const AFTER = {
  start: () => undefined,
  names: (word, token) => (token.kind === 'word' && word !== 'distinct' ? 'named' : undefined),
  named: word => (word === ',' ? 'names' : undefined),
  dataset: (word, token) => (token.kind === 'word' ? 'clauses' : undefined),
  clauses: () => undefined,
  column: (word, token) => (token.kind === 'word' ? 'operator' : undefined),
  operator: (word, token) => (word === 'in' ? 'list' : word === 'like' || token.kind === 'sign' ? 'value' : undefined),
  value: (word, token) => (token.kind === 'sign' ? undefined : 'condition'),
  list: word => (word === ')' ? 'condition' : undefined),
  condition: word => (word === 'and' ? 'column' : undefined),
  by: word => (word === 'by' ? 'sort' : undefined),
  sort: (word, token) => (token.kind === 'word' ? 'sorted' : undefined),
  sorted: word => (word === ',' ? 'sort' : word === 'asc' || word === 'desc' ? 'ordered' : undefined),
  ordered: word => (word === ',' ? 'sort' : undefined),
  limit: (word, token) => (token.kind === 'number' ? 'limited' : undefined),
  limited: () => undefined,
  range: (word, token) => (token.kind === 'word' ? 'end' : undefined),
  end: () => undefined,
};

/** @param {Token[]} read @returns {Reading} */
function reading(read) {
  /** @type {Reading} */
  const found = {place: 'start', dataset: '', selected: [], distinct: false};
  for (const token of read) {
    const word = token.text.toLowerCase();
    const clause = token.kind === 'word' && Object.hasOwn(CLAUSES, word) ? CLAUSES[word] : undefined;
    if (!clause && token.kind === 'word') {
      if (found.place === 'names' && word === 'distinct') found.distinct = true;
      else if (found.place === 'names') found.selected.push(word);
      else if (found.place === 'dataset') found.dataset = word;
    }
    found.place = clause ?? AFTER[found.place](word, token) ?? found.place;
  }
  return found;
}

/** @param {string} label @returns {Option} */
const keyword = label => ({label, type: 'keyword', detail: '', apply: label + ' '});
const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'NOT LIKE', 'IN', 'NOT IN'].map(keyword);

/** Where a name has to follow, so that names are offered before one is begun. */
const NAMES_FOLLOW = new Set(['names', 'dataset', 'column', 'sort', 'range']);

/**
 * What may stand at a place of a text.
 * @param {string} text
 * @param {number} at
 * @param {Dataset[]} sets all that may be queried
 * @returns {{from: number, eager: boolean, options: Option[]} | null} from where it takes the place of what is there; eager if
 *   it is worth showing before a letter is typed
 */
export function options(text, at, sets) {
  const all = tokens(text);
  const here = all.find(token => token.from < at && at <= token.to);
  if (here && (here.kind === 'string' || here.kind === 'number')) return null;
  const begun = here?.kind === 'word' ? here : undefined;
  const from = begun?.from ?? at;
  const before = reading(all.filter(token => token.to <= from));
  const whole = reading(all.filter(token => token !== begun));
  const set = sets.find(one => one.datasetName.toLowerCase() === whole.dataset);
  const found = fitting(before.place, whole, set, sets, used(all.filter(token => token !== begun)));
  return found.length ? {from, eager: NAMES_FOLLOW.has(before.place), options: found} : null;
}

/** @param {Token[]} all @returns {Set<string>} the clauses that a text has */
const used = all => new Set(all.filter(token => token.kind === 'word').map(token => token.text.toLowerCase()).filter(word => Object.hasOwn(CLAUSES, word)));

/** @param {Place} place @param {Reading} whole @param {Dataset | undefined} set @param {Dataset[]} sets @param {Set<string>} there @returns {Option[]} */
function fitting(place, whole, set, sets, there) {
  const rest = (/** @type {string[]} */ ...words) => words.filter(word => !there.has(word.split(' ')[0].toLowerCase())).map(keyword);
  switch (place) {
    case 'start':
      return rest('SELECT');
    case 'names':
      return [...(whole.distinct || whole.selected.length ? [] : [keyword('DISTINCT')]), ...(set ? names(set, whole.selected) : namesOfAll(sets))];
    case 'named':
      return rest('FROM');
    case 'dataset':
      return sets.map(one => ({label: one.datasetName, type: 'class', detail: 'dataset', boost: hasAll(one, whole.selected) ? 1 : -1}));
    case 'clauses':
      return rest('WHERE', 'ORDER BY', 'LIMIT', 'TIMESPAN');
    case 'column':
      return set ? names(set, []) : namesOfAll(sets);
    case 'operator':
      return OPERATORS;
    case 'condition':
      return [keyword('AND'), ...rest('ORDER BY', 'LIMIT', 'TIMESPAN')];
    case 'by':
      return [keyword('BY')];
    case 'sort':
      return set ? sortable(set, whole) : [];
    case 'sorted':
      return [keyword('ASC'), keyword('DESC'), ...rest('LIMIT', 'TIMESPAN')];
    case 'ordered':
      return rest('LIMIT', 'TIMESPAN');
    case 'limited':
      return rest('TIMESPAN');
    case 'range':
      return (set?.availableDateRanges ?? []).map(label => ({label, type: 'constant', detail: 'date range'}));
    case 'value':
    case 'list':
    case 'limit':
    case 'end':
      return [];
  }
}

/** @param {Dataset} set @param {string[]} selected those come last @returns {Option[]} */
const names = (set, selected) => [
  ...set.selectableColumns.map(label => ({label, type: 'property', detail: 'column', boost: selected.includes(label.toLowerCase()) ? -9 : 0})),
  ...set.availableMetrics.map(label => ({label, type: 'function', detail: 'metric', boost: selected.includes(label.toLowerCase()) ? -9 : 0})),
];

/** Of all datasets, each name once, with where it is. @param {Dataset[]} sets @returns {Option[]} */
function namesOfAll(sets) {
  /** @type {Map<string, string[]>} */
  const where = new Map();
  for (const set of sets) for (const name of [...set.selectableColumns, ...set.availableMetrics]) where.set(name, [...(where.get(name) ?? []), set.datasetName]);
  return [...where].map(([label, found]) => ({label, type: 'property', detail: found.length === 1 ? found[0] : `${found[0]} and ${found.length - 1} more`}));
}

/** A query with DISTINCT or a metric is ordered by what it selects, and by any metric. @param {Dataset} set @param {Reading} whole @returns {Option[]} */
function sortable(set, whole) {
  const groups = whole.distinct || set.availableMetrics.some(name => whole.selected.includes(name.toLowerCase()));
  return names(set, []).filter(option => !groups || option.type === 'function' || whole.selected.includes(option.label.toLowerCase()));
}

/** @param {Dataset} set @param {string[]} selected */
const hasAll = (set, selected) => {
  const has = new Set([...set.selectableColumns, ...set.availableMetrics].map(name => name.toLowerCase()));
  return selected.every(name => has.has(name));
};
