// @ts-check
// All reports of the caller, kept fresh quietly, and what is done to them.

import {call, own, parts} from './api.js';
import {paint, say, sayWhy} from './view.js';

/** More are not fetched: who has more filters by what the calls filter by. */
const MOST = 20_000;

/**
 * @typedef {{slot: string, outcome: string, endedAt: string | null, millis: number | null, rows: number | null}} Run
 * @typedef {{reportId: string, program: string, name: string, user: string, dataset: string, format: string,
 *   interval: number | null, status: string, running: string | null, next: string | null, failures: number,
 *   pause: null | {at: string, by: string, reason: string | null, until: string | null, catchUp: string | null}, runs: Run[]}} Report
 * @typedef {{reportId: string, status: string, message: string}} Row what became of one
 */

/** @type {Map<string, Report>} */
let reports = new Map();
let total = 0;
let loaded = false;
/** @type {Error | null} */
let fault = null;
let timer = 0;
/** Of what is asked for while somebody looks. */
let looking = new AbortController();
/** Of the refreshes; what an older one found is not shown over what is newer. */
let round = 0;
/** Orders under way: what they bring about is shown already, and the service does not say it yet. */
let orders = 0;
/** @type {Set<() => void>} */
const watchers = new Set();

export const all = () => reports;
export const state = () => ({loaded, fault, total, cut: total > MOST});

/** Where a report stands, as the list says it: of a running one that it runs, of an active one whether it fails. @param {Report} report */
export function standing(report) {
  if (report.running) return 'running';
  if (report.status === 'active' && report.failures > 0) return 'failing';
  return report.status;
}

/** Keeps the list fresh until the answer is called. @param {() => void} changed */
export function watch(changed) {
  watchers.add(changed);
  if (watchers.size === 1) refresh(loaded);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearTimeout(timer);
    looking.abort();
    looking = new AbortController();
  };
}

/** Adds one that was fetched by itself, so that orders on it know its name. @param {Report} report */
export function remember(report) {
  reports.set(report.reportId, report);
}

/** Fetches all while somebody looks at them, and again after a rest that grows with what it cost. @param {boolean} quiet */
export async function refresh(quiet = true) {
  clearTimeout(timer);
  if (watchers.size === 0 || orders > 0) return; // The last order refreshes.
  const mine = ++round;
  const began = performance.now();
  const {signal} = looking;
  if (!document.hidden || !loaded) {
    try {
      const fresh = new Map();
      for await (const part of parts('reports', {quiet, signal})) {
        if (mine !== round || signal.aborted) return;
        part.reports.forEach(report => fresh.set(report.reportId, report));
        total = part.total;
        if (!loaded) {
          reports = fresh;
          changed();
        }
        if (fresh.size >= MOST) break;
      }
      reports = fresh;
      loaded = true;
      fault = null;
    } catch (error) {
      if (mine !== round || signal.aborted) return;
      fault = error;
    }
    changed();
  }
  if (watchers.size > 0) {
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.max(3000, 10 * (performance.now() - began)));
  }
}

function changed() {
  watchers.forEach(watcher => watcher());
  paint();
}

/**
 * Shows at once what a call will bring about; the refresh after it says what it did.
 * @param {string[]} ids @param {string} status @param {() => Promise<void>} carryOut
 */
async function order(ids, status, carryOut) {
  orders++;
  round++;
  expect(ids, status);
  await carryOut();
  orders--;
  refresh();
}

/** @param {string[]} ids @param {string} status */
function expect(ids, status) {
  for (const id of ids) {
    const report = reports.get(id);
    if (report) reports.set(id, {...report, status, next: status === 'paused' ? null : report.next});
  }
  changed();
}

/** @param {string[]} ids */
const inParts = ids => Array.from({length: Math.ceil(ids.length / 1000)}, (_, i) => ids.slice(i * 1000, i * 1000 + 1000));

/** @param {string} verb @param {string[]} ids @param {object} options @returns {Promise<Row[]>} */
async function each(verb, ids, options) {
  const rows = [];
  for (const part of inParts(ids)) {
    rows.push(...(await own('POST', 'reports:' + verb, {filter: {reportIds: part}, ...options})).reports);
  }
  return rows;
}

/** @param {string} id */
const nameOf = id => reports.get(id)?.name ?? id;

/** What became of each, in one line and one more for each that was refused. @param {Row[]} rows @param {string} done @param {((ids: string[]) => void) | null} undo */
function tell(rows, done, undo) {
  const counts = new Map();
  rows.forEach(row => {
    const word = row.status === 'error' ? 'refused' : row.status;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const errors = rows.filter(row => row.status === 'error');
  const text = rows.length === 1 && !errors.length ? `${nameOf(rows[0].reportId)}: ${rows[0].status}` : [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
  const changed = rows.filter(row => row.status === done).map(row => row.reportId);
  say(text, {
    bad: errors.length > 0,
    details: errors.slice(0, 20).map(row => `${nameOf(row.reportId)}: ${row.message}`),
    ...(changed.length && undo ? {label: 'Undo', act: () => undo(changed)} : {}),
  });
}

/** @param {string[]} ids @param {{reason?: string, mode?: string, until?: string, catchUp?: string}} [options] */
export async function pause(ids, options = {}) {
  await order(ids, 'paused', async () => {
    try {
      // A cancelled execution does not come back, so that such a pause cannot be undone.
      tell(await each('pause', ids, options), 'paused', options.mode === 'cancel' ? null : changed => resume(changed, {}));
    } catch (error) {
      sayWhy(error, 'Not paused');
    }
  });
}

/** @param {string[]} ids @param {{catchUp?: string, reason?: string}} options */
export async function resume(ids, options) {
  await order(ids, 'active', async () => {
    try {
      tell(await each('resume', ids, options), 'active', null);
    } catch (error) {
      sayWhy(error, 'Not resumed');
    }
  });
}

/** Deletes each by itself, four at a time. @param {string[]} ids */
export async function remove(ids) {
  const rows = [];
  const left = [...ids];
  const gone = new Map(reports);
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (let id = left.shift(); id; id = left.shift()) {
        const report = gone.get(id);
        try {
          await call('DELETE', report?.program ?? '', 'ScheduledReport/' + id);
          rows.push({reportId: id, status: 'deleted', message: ''});
        } catch (error) {
          rows.push({reportId: id, status: 'error', message: error.message});
        }
      }
    }),
  );
  tell(rows, 'deleted', null);
  refresh();
  return rows.filter(row => row.status === 'deleted').map(row => row.reportId);
}
