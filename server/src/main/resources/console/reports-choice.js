// @ts-check
// Which rows of the list are shown, in which order, which one somebody is at, and which are selected.

import {all} from './reports-list.js';
import {filtered, sorted, TABS} from './reports-order.js';
import {paint} from './view.js';

/**
 * @typedef {import('./reports-list.js').Report} Report
 * @typedef {object} Choice
 * @property {Report[]} shown
 * @property {Set<string>} chosen ids
 * @property {string} tab
 * @property {string} filter
 * @property {string} sort a column
 * @property {boolean} down
 * @property {number} here the row that keys are about; -1 for none
 * @property {number} anchor where a range begins
 * @property {string} frozen by what the rows were put in order
 * @property {Map<string, number>} counts of each tab
 */

/** @returns {Choice} */
export const makeChoice = () => ({shown: [], chosen: new Set(), tab: '', filter: '', sort: 'name', down: false, here: -1, anchor: -1, frozen: '', counts: new Map()});

/** Takes over what an address asks for. @param {Choice} choice @param {URLSearchParams} asked */
export function turnTo(choice, asked) {
  const sort = asked.get('sort') ?? 'name';
  choice.tab = asked.get('state') ?? '';
  choice.filter = asked.get('filter') ?? '';
  choice.down = sort.startsWith('-');
  choice.sort = sort.replace(/^-/, '');
  choose(choice, true);
}

/** The address of the same with a change. @param {Choice} choice @param {{state?: string, filter?: string, sort?: string}} change */
export function address(choice, change) {
  const next = new URLSearchParams();
  const set = {state: choice.tab, filter: choice.filter, sort: (choice.down ? '-' : '') + choice.sort, ...change};
  if (set.state) next.set('state', set.state);
  if (set.filter) next.set('filter', set.filter);
  if (set.sort !== 'name') next.set('sort', set.sort);
  const text = next.toString();
  return '#/reports' + (text ? '?' + text : '');
}

/** Shows the same with a change, and leaves no trace in the history. @param {Choice} choice @param {{filter?: string, sort?: string}} change */
export function replace(choice, change) {
  history.replaceState(null, '', address(choice, change));
  turnTo(choice, new URLSearchParams(location.hash.split('?')[1] ?? ''));
  paint();
}

/** While somebody is at the rows their order stays, whatever has changed in them. @param {Choice} choice @param {boolean} anew */
export function choose(choice, anew) {
  const {shown, here, anchor, chosen, counts, sort, down, tab, filter} = choice;
  const found = filtered([...all().values()], filter);
  TABS.forEach(([name, , fits]) => counts.set(name, found.filter(fits).length));
  const wanted = found.filter((TABS.find(([name]) => name === tab) ?? TABS[0])[2]);
  const order = sort + down + tab + filter;
  const stays = !anew && choice.frozen === order && isBusy();
  choice.shown = stays ? inPlace(shown, wanted) : sorted(wanted, sort, down);
  if (!stays) choice.frozen = order;
  choice.here = placeOf(choice, shown[here]?.reportId);
  choice.anchor = placeOf(choice, shown[anchor]?.reportId);
  for (const one of chosen) if (!all().has(one)) chosen.delete(one);
}

/** What was shown as it is now, also what fits no longer, and then what is new. @param {Report[]} shown @param {Report[]} wanted @returns {Report[]} */
function inPlace(shown, wanted) {
  const fresh = new Map(wanted.map(report => [report.reportId, report]));
  const kept = shown.flatMap(report => fresh.get(report.reportId) ?? all().get(report.reportId) ?? []);
  const known = new Set(kept.map(report => report.reportId));
  return [...kept, ...wanted.filter(report => !known.has(report.reportId))];
}

/** @param {Choice} choice @param {string | undefined} id @returns {number} where it is shown, -1 if it is not */
const placeOf = (choice, id) => choice.shown.findIndex(report => report.reportId === id);

const isBusy = () => Boolean(document.querySelector('.reports tbody :focus, .reports tbody:hover'));

/** @param {Choice} choice @returns {Report | undefined} */
export const current = choice => choice.shown[choice.here];

/** Those that are selected, or else the current one. @param {Choice} choice @returns {string[]} */
export function ids(choice) {
  const one = current(choice);
  return choice.chosen.size ? selected(choice).map(report => report.reportId) : one ? [one.reportId] : [];
}

/** @param {Choice} choice @returns {Report[]} */
export const selected = choice => choice.shown.filter(report => choice.chosen.has(report.reportId));

/** @param {Choice} choice @param {number} index @param {boolean} on @param {boolean} through whether all since the last one go along */
export function select(choice, index, on, through) {
  const {anchor, chosen} = choice;
  const [from, to] = through && anchor >= 0 ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
  for (const report of choice.shown.slice(from, to + 1)) {
    if (on) chosen.add(report.reportId);
    else chosen.delete(report.reportId);
  }
  choice.anchor = index;
  choice.here = index;
  paint();
}

/** @param {Choice} choice @param {boolean} on */
export function selectAll(choice, on) {
  choice.shown.forEach(report => (on ? choice.chosen.add(report.reportId) : choice.chosen.delete(report.reportId)));
  paint();
}
