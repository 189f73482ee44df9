// @ts-check
// Charts of our own: a line over what grows, bars for what is counted. A table beside each says the same.

import {html, svg} from 'lit-html';
import {exact, number} from './text.js';
import {utc} from './time.js';

const WIDE = 300;
const HIGH = 80;

/** @typedef {{x: number, y: number}} Point both from 0 to 1 */

/** How far down something is drawn. @param {number} y from 0 to 1 */
const down = y => (HIGH - y * (HIGH - 4)).toFixed(1);

/** @param {Point[]} points from left to right @param {string} label what a screen reader says @param {number} [zero] where 0 is, if not at the bottom */
export const line = (points, label, zero = 0) => html`
  <svg viewBox="0 0 300 84" preserveAspectRatio="none" role="img" aria-label=${label}>
    <path class="grid" d=${`M0 4H${WIDE}M0 ${(HIGH + 4) / 2}H${WIDE}M0 ${HIGH}.5H${WIDE}`}/>
    ${zero > 0 ? svg`<path class="zero" d=${`M0 ${down(zero)}H${WIDE}`}/>` : ''}
    ${points.length > 1 ? svg`<path class="line" d=${'M' + points.map(({x, y}) => `${(x * WIDE).toFixed(1)} ${down(y)}`).join('L')}/>` : ''}
  </svg>`;

/** The end of a scale that begins at nothing. @param {number} most */
export const scale = most => (most < 10 ? Math.max(1, Math.ceil(most)) : Math.ceil(most / 10) * 10);

/** @typedef {Record<string, any>} Row */

const TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;

/** @param {Row[]} rows @param {string[]} columns those with numbers and nothing else */
export const numeric = (rows, columns) => columns.filter(name => rows.some(row => typeof row[name] === 'number') && rows.every(row => row[name] === null || typeof row[name] === 'number'));

/** Whether rows go from time to time, each at one of its own. @param {Row[]} rows @param {string} column */
const isTimeline = (rows, column) => rows.every(row => TIME.test(row[column] ?? '')) && new Set(rows.map(row => row[column])).size === rows.length;

/**
 * What may be drawn of a result: a column of numbers over one that has none.
 * @param {Row[]} rows @param {string[]} columns
 * @returns {{x: string[], y: string[]} | null} null if no chart suits it; times come first
 */
export function axes(rows, columns) {
  const y = numeric(rows, columns);
  const x = columns.filter(name => !y.includes(name));
  if (rows.length < 2 || !x.length || !y.length) return null;
  return {x: [...x.filter(name => isTimeline(rows, name)), ...x.filter(name => !isTimeline(rows, name))], y};
}

/** @param {Row[]} rows @param {string} x @param {string} y */
export const chart = (rows, x, y) => (isTimeline(rows, x) ? overTime(rows, x, y) : bars(rows, x, y));

/** @param {Row[]} rows @param {string} x @param {string} y */
function overTime(rows, x, y) {
  const known = rows.filter(row => row[y] !== null).sort((a, b) => Date.parse(a[x]) - Date.parse(b[x]));
  const first = Date.parse(known[0]?.[x]);
  const last = Date.parse(known.at(-1)?.[x]);
  const {low, high} = bounds(known, y);
  const bottom = low < 0 ? -scale(-low) : 0;
  const top = high > 0 || bottom === 0 ? scale(high) : 0;
  /** @param {number} value */
  const level = value => (value - bottom) / (top - bottom);
  const points = known.map(row => ({x: last > first ? (Date.parse(row[x]) - first) / (last - first) : 0, y: level(row[y])}));
  const range = `${number(bottom)} to ${number(top)}`;
  return html`<figure class="chart wide"><figcaption>${y} by ${x}</figcaption>
    ${line(points, `${y} from ${short(first)} to ${short(last)}: ${number(known[0]?.[y])} at first, ${number(known.at(-1)?.[y])} at last, ${range}`, level(0))}
    <div class="bar sub"><span>${short(first)}</span><span class="grow"></span><span>${range}</span><span class="grow"></span><span>${short(last)}</span></div></figure>`;
}

/** The least and the most of a column, and 0 at any rate. @param {Row[]} rows @param {string} y */
function bounds(rows, y) {
  const values = rows.map(row => row[y] ?? 0);
  return {low: Math.min(0, ...values), high: Math.max(0, ...values)};
}

/** @param {number} at */
const short = at => (Number.isNaN(at) ? '–' : utc(at).replace(' 00:00', ''));

/** Bars of more rows are not drawn. */
const BARS = 50;

/** @param {Row[]} rows @param {string} x @param {string} y */
function bars(rows, x, y) {
  const drawn = rows.slice(0, BARS);
  const {low, high} = bounds(drawn, y);
  const unit = 100 / (high - low || 1);
  return html`<table class="plain bars"><caption>${y} by ${x}</caption><tbody>${drawn.map(row => html`<tr><th scope="row">${row[x] ?? '–'}</th>
    <td>${bar(row[y] ?? 0, unit, -low * unit)}</td><td class="num">${row[y] === null ? '–' : exact(row[y])}</td></tr>`)}</tbody></table>
    ${rows.length > BARS ? html`<p class="sub">The first ${BARS} of ${number(rows.length)} rows.</p>` : ''}`;
}

/** From 0 to the right, or to the left if it is less. @param {number} value @param {number} unit @param {number} zero */
const bar = (value, unit, zero) => html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
  <rect x=${zero + Math.min(0, value) * unit} y="1" width=${Math.abs(value) * unit} height="8"/>${zero > 0 ? svg`<path class="zero" d=${`M${zero} 0V10`}/>` : ''}</svg>`;
