// @ts-check
// All pages, in the order in which they are offered.

import {later} from './later.js';
import {openClock} from './pages/clock.js';
import {openDatasets} from './pages/datasets.js';
import {openNew} from './pages/new.js';
import {openReport} from './pages/report.js';
import {openReports} from './pages/reports.js';
import {openSystem} from './pages/system.js';

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
  {name: 'workbench', label: 'Workbench', key: 'q', open: later('Workbench', async () => (await import('./pages/workbench.js')).openWorkbench)},
  {name: 'datasets', label: 'Datasets', key: 'd', open: openDatasets},
  {name: 'clock', label: 'Clock', key: 'c', open: openClock},
  {name: 'system', label: 'System', key: 's', open: openSystem},
  {name: 'report', under: 'reports', open: openReport},
  {name: 'new', under: 'reports', open: openNew},
];
