// @ts-check
// The list of reports as a table, of which only the rows in sight are drawn if there are many.

import {html, nothing} from 'lit-html';
import {live} from 'lit-html/directives/live.js';
import {repeat} from 'lit-html/directives/repeat.js';
import {askResumeOne} from './ask.js';
import {icon, state as stateView} from './icons.js';
import {replace, select, selectAll, selected} from './reports-choice.js';
import {pause, refresh, standing} from './reports-list.js';
import {COLUMNS, last} from './reports-order.js';
import {spark} from './spark.js';
import {duration, number} from './text.js';
import {recurrence, when} from './time.js';
import {paint} from './view.js';

/** @typedef {import('./reports-choice.js').Choice} Choice */
/** @typedef {import('./reports-list.js').Report} Report */

const ROW = 32;
/** Up to so many rows are all drawn, so that the browser finds text in them. */
const DRAWN = 200;
/** At first only what is in sight is drawn: it shows sooner. */
let first = true;

/** Draws the others once that has reached the screen. */
const drawRest = () =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      first = false;
      paint();
    }),
  );

/** @param {Report} report */
export function pauseOrResume(report) {
  if (report.status === 'active') pause([report.reportId]);
  else if (report.status === 'paused') askResumeOne(report, () => refresh());
}

/** Brings a row into sight. @param {number} index */
export function scrollTo(index) {
  const box = document.querySelector('.reports');
  if (!box) return;
  const top = index * ROW;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + 2 * ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW - box.clientHeight;
}

/** @param {Choice} choice */
export function table(choice) {
  const {shown} = choice;
  const box = document.querySelector('.reports');
  if (first && !box) drawRest();
  const every = shown.length <= DRAWN && !first;
  const around = first ? 0 : 12;
  const top = every ? 0 : Math.max(0, Math.floor((box?.scrollTop ?? 0) / ROW) - around);
  const end = every ? shown.length : Math.min(shown.length, top + Math.ceil((box?.clientHeight ?? innerHeight) / ROW) + 2 * around);
  return html`<div class="card reports" tabindex="-1" @scroll=${every ? nothing : paint}>
    <table aria-rowcount=${shown.length + 1} aria-label="Reports">
      <thead><tr><th scope="col">${boxOfAll(choice)}</th>${COLUMNS.map(column => head(choice, column))}<th scope="col">Action</th></tr></thead>
      <tbody>
        ${space(top)}${repeat(shown.slice(top, end), report => report.reportId, (report, i) => row(choice, report, top + i))}${space(shown.length - end)}
      </tbody>
    </table>
  </div>`;
}

/** Stands for rows out of sight. @param {number} rows */
const space = rows => (rows > 0 ? html`<tr class="pad" aria-hidden="true"><td colspan="11" .style=${`height:${rows * ROW}px`}></td></tr>` : nothing);

/** @param {Choice} choice */
function boxOfAll(choice) {
  const [some, every] = [selected(choice).length, choice.shown.length];
  return html`<input type="checkbox" aria-label="Select all ${every}" .checked=${live(some > 0 && some === every)}
    .indeterminate=${live(some > 0 && some < every)} @change=${event => selectAll(choice, event.target.checked)}>`;
}

/** @param {Choice} choice @param {typeof COLUMNS[number]} column */
function head(choice, [name, label, , narrow]) {
  const {sort, down} = choice;
  const by = name && sort === name;
  return html`<th scope="col" class=${narrow} aria-sort=${by ? (down ? 'descending' : 'ascending') : nothing}>
    ${name
      ? html`<button type="button" @click=${() => replace(choice, {sort: by && !down ? '-' + name : name})}>${label}${by ? icon(down ? 'down' : 'up') : nothing}</button>`
      : label}
  </th>`;
}

/** @param {Choice} choice @param {Report} report @param {number} index */
function row(choice, report, index) {
  const run = last(report);
  const on = choice.chosen.has(report.reportId);
  const go = '#/report/' + report.reportId;
  const atIt = () => {
    if (choice.here === index) return;
    choice.here = index;
    paint();
  };
  return html`<tr aria-selected=${on} aria-rowindex=${index + 2} class=${index === choice.here ? 'here' : ''}>
    <td><input type="checkbox" aria-label="Select ${report.name}" .checked=${live(on)} @click=${event => select(choice, index, event.target.checked, event.shiftKey)}></td>
    <td class="name"><div><a href=${go} data-row=${index} title=${report.name} @focus=${atIt}>${report.name}</a><span class="sub">${report.dataset}</span></div></td>
    <td>${stateView(standing(report))}</td>
    <td class="c3">${recurrence(report.interval)}</td>
    <td class="c2">${spark(report.runs)}</td>
    <td class="c2">${when(run?.endedAt)}</td>
    <td class="c2">${report.pause?.until ? html`<span class="sub">until</span> ${when(report.pause.until)}` : when(report.next)}</td>
    <td class="c3 num">${duration(run?.millis)}</td>
    <td class="c3 num">${number(run?.rows)}</td>
    <td class="c4">${report.format.toUpperCase()}</td>
    <td>${action(report)}</td>
  </tr>`;
}

/** @param {Report} report */
function action(report) {
  if (report.status === 'inactive') return nothing;
  const what = report.status === 'active' ? 'Pause' : 'Resume';
  return html`<button type="button" aria-label="${what} ${report.name}" @click=${() => pauseOrResume(report)}>${what}</button>`;
}
