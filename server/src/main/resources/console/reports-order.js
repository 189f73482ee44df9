// @ts-check
// Which reports are shown, and in which order.

import {standing} from './reports-list.js';
import {compare} from './text.js';

/** @typedef {import('./reports-list.js').Report} Report */

/** The tabs, each with which reports it has. */
export const TABS = /** @type {const} */ ([
  ['', 'All', () => true],
  ['active', 'Active', report => report.status === 'active'],
  ['paused', 'Paused', report => report.status === 'paused'],
  ['failing', 'Failing', report => standing(report) === 'failing' || (report.status === 'paused' && report.pause?.by === 'service' && report.failures > 0)],
  ['inactive', 'Inactive', report => report.status === 'inactive'],
]);

/** @param {Report} report */
export const last = report => report.runs.at(-1);

/** Columns by what they sort by; the last says when they give way to narrow screens. */
export const COLUMNS = /** @type {[string, string, (report: any) => any, string][]} */ ([
  ['name', 'Name', report => report.name, ''],
  ['state', 'State', report => standing(report), ''],
  ['recurrence', 'Recurrence', report => report.interval ?? 0, 'c3'],
  ['', 'Last 12 runs', () => 0, 'c2'],
  ['last', 'Last run, UTC', report => last(report)?.endedAt ?? '', 'c2'],
  ['next', 'Next run, UTC', report => report.next ?? '~', 'c2'],
  ['duration', 'Duration', report => last(report)?.millis ?? -1, 'c3 num'],
  ['rows', 'Rows', report => last(report)?.rows ?? -1, 'c3 num'],
  ['format', 'Format', report => report.format, 'c4'],
]);

/** @param {Report[]} reports @param {string} filter words that are all to be in what a row says */
export function filtered(reports, filter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return reports.filter(report => {
    const text = `${report.name} ${report.reportId} ${report.dataset} ${report.user} ${report.program}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** @param {Report[]} reports @param {string} column @param {boolean} down @returns {Report[]} those with the same value by name */
export function sorted(reports, column, down) {
  const by = (COLUMNS.find(([name]) => name === column) ?? COLUMNS[0])[2];
  const way = down ? -1 : 1;
  return reports
    .map(report => ({value: by(report), report}))
    .sort((a, b) => way * (typeof a.value === 'number' ? a.value - b.value : compare(a.value, b.value)) || compare(a.report.name, b.report.name))
    .map(({report}) => report);
}
