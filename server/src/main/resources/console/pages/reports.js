// @ts-check
// All reports at a glance.

import {html, nothing} from 'lit-html';
import {live} from 'lit-html/directives/live.js';
import {askDelete, askPause, askResume, askResumeOne} from '../ask.js';
import {address, choose, current, ids, makeChoice, replace, select, selected, turnTo} from '../reports-choice.js';
import {all, refresh, state, watch} from '../reports-list.js';
import {TABS} from '../reports-order.js';
import {pauseOrResume, scrollTo, table} from '../reports-table.js';
import {number} from '../text.js';
import {empty, paint, refused} from '../view.js';

/** @typedef {import('../reports-choice.js').Choice} Choice */

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export function openReports(id, query) {
  const choice = makeChoice();
  let focus = false;

  /** @param {number} by */
  function move(by) {
    if (!choice.shown.length) return;
    choice.here = Math.min(Math.max(choice.here + by, 0), choice.shown.length - 1);
    focus = true;
    scrollTo(choice.here);
    paint();
  }

  const first = () => {
    choice.here = -1;
    move(1);
  };

  const stop = watch(() => choose(choice, false));
  turnTo(choice, query);
  return {
    title: 'Reports',
    turn: asked => turnTo(choice, asked),
    close: stop,
    drawn() {
      if (!focus) return;
      focus = false;
      /** @type {HTMLElement | null} */ (document.querySelector(`.reports a[data-row="${choice.here}"]`))?.focus({preventScroll: true});
    },
    keys: () => keys(choice, move),
    view: () => html`
      <div class="bar"><h1>Reports</h1><span class="grow"></span><a class="btn main-link" href="#/new">New report <kbd>n</kbd></a></div>
      ${filters(choice, first)} ${content(choice)} ${choice.shown.length ? hints(choice) : nothing}`,
  };
}

/** @param {Choice} choice @param {(by: number) => void} move @returns {[string, string, (event: KeyboardEvent) => void][]} */
function keys(choice, move) {
  const report = current(choice);
  return [
    ['j', 'Next report', () => move(1)],
    ['k', 'Report before', () => move(-1)],
    ['x', 'Select', event => report && select(choice, choice.here, !choice.chosen.has(report.reportId), event.shiftKey)],
    ['p', 'Pause or resume', () => report && pauseOrResume(report)],
    ['P', 'Pause with a reason', () => ids(choice).length && askPause(ids(choice))],
    ['Enter', 'Open', () => report && (location.hash = '#/report/' + report.reportId)],
    ['n', 'New report', () => (location.hash = '#/new')],
  ];
}

/** @param {Choice} choice @param {() => void} first goes to the first row */
const filters = (choice, first) => html`<div class="bar">
  <nav class="seg" aria-label="State">${TABS.map(([name, label]) => html`<a href=${address(choice, {state: name})} aria-current=${choice.tab === name ? 'true' : nothing}>${label} ${number(choice.counts.get(name) ?? 0)}</a>`)}</nav>
  <input type="search" aria-label="Filter reports" placeholder="Filter by name, id or dataset" .value=${live(choice.filter)} @input=${event => replace(choice, {filter: event.target.value})}
    @keydown=${event => {
      if (event.key === 'Escape') event.target.blur();
      if (event.key === 'ArrowDown' || event.key === 'Enter') first();
    }}>
  <span class="grow"></span>${choice.chosen.size ? orders(choice) : nothing}
</div>`;

/** What may be done to those that are selected. @param {Choice} choice */
function orders(choice) {
  const picked = selected(choice);
  /** @param {string} status */
  const of = status => picked.filter(report => report.status === status).map(report => report.reportId);
  const [active, paused] = [of('active'), of('paused')];
  return html`<strong>${picked.length} selected</strong>
    <button type="button" ?disabled=${!active.length} @click=${() => askPause(active)}>Pause…</button>
    <button type="button" ?disabled=${!paused.length} @click=${() => (paused.length === 1 ? askResumeOne(all().get(paused[0]), () => refresh()) : askResume(paused))}>Resume…</button>
    <button type="button" @click=${() => askDelete(picked.map(report => report.reportId))}>Delete…</button>
    <button class="quiet" type="button" @click=${() => {
      choice.chosen.clear();
      paint();
    }}>Clear</button>`;
}

/** @param {Choice} choice */
function content(choice) {
  const {loaded, fault} = state();
  const again = () => refresh(false);
  if (fault && !all().size) return refused(fault, again);
  if (!loaded && !all().size) return html`<p class="sub">Loading…</p>`;
  if (!all().size) {
    return html`<div class="card">${empty('No reports yet', 'A report runs a saved query again and again, and keeps a file for each slot. Make one to see it here.', html`<a class="btn" href="#/new">New report</a>`)}</div>`;
  }
  if (!choice.shown.length) {
    const {tab, filter} = choice;
    return html`<div class="card">${empty('Nothing fits', `None of ${all().size} reports is ${tab || 'there'}${filter ? ` and has “${filter}” in its name, id, dataset or owner` : ''}.`, html`<a class="btn" href="#/reports">Show all</a>`)}</div>`;
  }
  return html`${fault ? refused(fault, again) : nothing}${table(choice)}`;
}

/** @param {Choice} choice */
const hints = choice => html`<div class="bar hint"><span>${number(choice.shown.length)} of ${number(all().size)}${state().cut ? html` (the newest of ${number(state().total)})` : nothing}</span><span class="grow"></span>
  <span><kbd>j</kbd> <kbd>k</kbd> move</span><span><kbd>x</kbd> select</span><span><kbd>p</kbd> pause or resume</span><span><kbd>Enter</kbd> open</span></div>`;
