// @ts-check
// What may be queried, and the queries there are, by program.

import {call, records} from './api.js';
import {paint, sayWhy} from './view.js';

/** @typedef {{datasetName: string, selectableColumns: string[], availableMetrics: string[], availableDateRanges: string[], minimumRecurrenceInterval: number}} Dataset */
/** @typedef {{queryId: string, name: string, query: string, type: string}} Query */

/** @type {Map<string, {sets: Dataset[], queries: Query[]}>} the catalog is fixed while the service runs */
const known = new Map();
/** @type {Map<string, Query[]>} */
const saved = new Map();

/** @param {string} program @returns {Promise<{sets: Dataset[], queries: Query[]}>} its datasets, and the queries that come with them */
export async function catalog(program) {
  const found = known.get(program);
  if (found) return found;
  const [sets, queries] = await Promise.all([
    call('GET', program, 'ScheduledDataset'),
    call('GET', program, 'ScheduledQueries?includeOnlySystemQueries=true'),
  ]);
  const both = {sets: records(sets), queries: records(queries)};
  known.set(program, both);
  return both;
}

/** @param {string} program @returns {Query[]} those that reports can be made of: what is known by now; the rest comes */
export function savedQueries(program) {
  if (!saved.has(program)) fetchQueries(program);
  return saved.get(program) ?? [];
}

/** Fetches them anew; those known before are shown until then. @param {string} program */
export async function fetchQueries(program) {
  saved.set(program, saved.get(program) ?? []);
  try {
    saved.set(program, records(await call('GET', program, 'ScheduledQueries')));
  } catch (error) {
    sayWhy(error, 'The saved queries are not known');
  }
  paint();
}
