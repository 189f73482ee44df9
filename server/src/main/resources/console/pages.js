// @ts-check
// All pages, in the order in which they are offered.

import {openNew} from './pages/new.js';
import {openReport} from './pages/report.js';
import {openReports} from './pages/reports.js';

/**
 * @typedef {object} Entry
 * @property {string} name in the address
 * @property {string} [label] in the list of pages
 * @property {string} [key] after `g`
 * @property {string} [under] the page whose part it is
 * @property {(id: string, query: URLSearchParams) => import('./app.js').Page} open
 */

/** @type {Entry[]} */
export const PAGES = [
  {name: 'reports', label: 'Reports', key: 'r', open: openReports},
  {name: 'report', under: 'reports', open: openReport},
  {name: 'new', under: 'reports', open: openNew},
];
