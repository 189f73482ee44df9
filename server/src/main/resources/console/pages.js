// @ts-check
// All pages, in the order in which they are offered.

import {later} from './later.js';
import {openReports} from './pages/reports.js';
import {service} from './service.js';

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
  {name: 'workbench', label: 'Workbench', key: 'q', open: later('Workbench', [service.soon, service.later], async () => (await import('./pages/workbench.js')).openWorkbench)},
  {name: 'datasets', label: 'Datasets', key: 'd', open: later('Datasets', [service.soon], async () => (await import('./pages/datasets.js')).openDatasets)},
  {name: 'clock', label: 'Clock', key: 'c', open: later('Clock', [service.soon], async () => (await import('./pages/clock.js')).openClock)},
  {name: 'system', label: 'System', key: 's', open: later('System', [service.soon], async () => (await import('./pages/system.js')).openSystem)},
  {name: 'report', under: 'reports', open: later('Report', [service.soon], async () => (await import('./pages/report.js')).openReport)},
  {name: 'new', under: 'reports', open: later('New report', [service.soon], async () => (await import('./pages/new.js')).openNew)},
];
