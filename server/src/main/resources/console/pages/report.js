// @ts-check
// One report: what became of its slots, what it is, what happened to it.

import {html, nothing} from 'lit-html';
import {askDelete, askPause, askResumeOne} from '../ask.js';
import {callbacksView, loadCallbacks, makeCallbacks} from '../callbacks.js';
import {historyTable} from '../history.js';
import {state as stateView} from '../icons.js';
import {proof} from '../proof.js';
import {reportForm} from '../report-form.js';
import {follow, makeLife, showMore} from '../report-life.js';
import {standing} from '../reports-list.js';
import {pauseLine} from '../resume.js';
import {askRunNow} from '../run-now.js';
import {ledger, outcomes} from '../slots.js';
import {number} from '../text.js';
import {instant, now, recurrence, utc, when} from '../time.js';
import {pauses, timeline} from '../timeline.js';
import {copyButton, empty, paint, refused} from '../view.js';

const TABS = /** @type {[string, string][]} */ ([['', 'Slots'], ['query', 'Query'], ['callbacks', 'Callbacks'], ['settings', 'Settings'], ['history', 'History']]);
const RANGES = /** @type {[string, string, number][]} */ ([['7d', 'Last 7 days', 7], ['30d', '30 days', 30], ['90d', '90 days', 90], ['all', 'All', 0]]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export const openReport = (id, query) => (UUID.test(id) ? openKnown(id, query) : noReport());

/** Ids stand in the paths of calls, so that nothing but an id may come from the address. @returns {import('../app.js').Page} */
const noReport = () => ({
  title: 'Report',
  view: () => html`<div class="bar"><h1>Report</h1></div>
    <div class="card">${empty('This is no report', 'The address has no id of a report.', html`<a class="btn" href="#/reports">All reports</a>`)}</div>`,
});

/**
 * @typedef {object} Shown
 * @property {import('../report-life.js').Life} life
 * @property {import('../callbacks.js').Callbacks} callbacks
 * @property {string} tab
 * @property {string} range
 * @property {() => void} again reads everything anew
 */

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
function openKnown(id, query) {
  const leaving = new AbortController();
  const range = query.get('range') ?? '';
  const life = makeLife(id, daysOf(range), leaving.signal);
  const callbacks = makeCallbacks(id, leaving.signal);
  /** @type {Shown} */
  const shown = {life, callbacks, range, tab: query.get('tab') ?? '', again};
  const look = follow(life, how => (shown.tab === 'callbacks' ? loadCallbacks(callbacks, how.quiet === true) : undefined));
  let scrolled = false;

  function again() {
    life.seen = '';
    look();
  }

  /** @param {URLSearchParams} asked */
  function turn(asked) {
    const before = shown.tab;
    shown.tab = asked.get('tab') ?? '';
    if (shown.tab === 'callbacks' && before !== shown.tab) loadCallbacks(callbacks, false);
    const other = asked.get('range') ?? '';
    if (other === shown.range) return;
    shown.range = other;
    Object.assign(life, {days: daysOf(other), parts: 1});
    scrolled = false;
    again();
  }

  return {
    get title() {
      return life.row?.name ?? 'Report';
    },
    turn,
    close: () => leaving.abort(),
    drawn() {
      const box = document.querySelector('.timeline');
      if (box && life.slots.length && !scrolled) {
        box.scrollLeft = box.scrollWidth; // The newest slots are on the right.
        scrolled = true;
      }
    },
    keys: () => [
      ['p', 'Pause or resume', () => toggle(shown)],
      ...TABS.map(([name, label], i) => /** @type {[string, string, () => void]} */ ([String(i + 1), label, () => (location.hash = address(shown, {tab: name}))])),
    ],
    view: () => view(shown),
  };
}

/** @param {string} range @returns {number} -1 if none is asked for */
const daysOf = range => RANGES.find(([name]) => name === range)?.[2] ?? -1;

/** @param {Shown} shown @param {{tab?: string, range?: string}} change */
function address({life, tab, range}, change) {
  const set = {tab, range, ...change};
  const text = new URLSearchParams(Object.entries(set).filter(([, value]) => value)).toString();
  return `#/report/${life.id}${text ? '?' + text : ''}`;
}

/** @param {Shown} shown */
function toggle({life, again}) {
  if (life.row?.status === 'active') askPause([life.id], again);
  else if (life.row?.status === 'paused') askResumeOne(life.row, again);
}

// ---- what it looks like

/** @param {Shown} shown */
function view(shown) {
  const {life, again} = shown;
  const {id, row, fault, events} = life;
  if (fault && !row && !events.length) return html`<div class="bar"><h1><a href="#/reports">Reports</a></h1></div>${refused(fault, again)}`;
  if (!row && events.length) {
    return html`<div class="bar"><h1><a href="#/reports">Reports</a> <span class="crumb">/</span> <span class="mono">${id}</span></h1></div>
      <div class="card">${empty('This report is gone', 'It was deleted with its executions and files. What was done to it stays.')}</div>${historyTable(events)}`;
  }
  if (!row) return html`<p class="sub">Loading…</p>`;
  return html`${heading(shown)} ${fault ? refused(fault, again) : nothing} ${pauseLine(row.pause)} ${facts(life)} ${picture(shown)} ${tabs(shown)} ${part(shown)}`;
}

/** @param {Shown} shown */
function heading(shown) {
  const {id, row, whole} = shown.life;
  const order = {active: 'Pause…', paused: 'Resume…'}[row.status];
  return html`
    <div class="bar">
      <h1><a href="#/reports">Reports</a> <span class="crumb">/</span> ${row.name}</h1>${stateView(standing(row))}
      <span class="sub">${recurrence(row.interval)}${row.next ? html` · next ${when(row.next)}` : nothing}</span>
      <span class="grow"></span>
      <span class="bar">
        ${order ? html`<button class="main" type="button" @click=${() => toggle(shown)}>${order} <kbd>p</kbd></button>` : nothing}
        ${whole ? html`<button type="button" @click=${() => askRunNow(row.program, whole)}>Run now…</button>` : nothing}
        <button type="button" @click=${() => askDelete([id], gone => gone.length && (location.hash = '#/reports'))}>Delete…</button>
      </span>
    </div>`;
}

const LEGEND = [
  ['ok', 'completed, as high as it has rows'], ['bad', 'failed'], ['run', 'running or waiting'], ['hatched', 'skipped'], ['band', 'paused'], ['dot', 'to come'],
];

/** @param {Shown} shown */
function picture(shown) {
  const {life, range} = shown;
  const {slots, next, events, more, waiting} = life;
  return html`
    <section class="card pad" aria-label="Timeline">
      <div class="bar"><h2>Slots</h2><span class="sub">${outcomes(slots)}</span><span class="grow"></span>
        <nav class="seg" aria-label="Time shown">${RANGES.map(([name, label]) => html`<a href=${address(shown, {range: name === range ? '' : name})} aria-current=${range === name ? 'true' : nothing}>${label}</a>`)}</nav></div>
      ${slots.length || next.length
        ? timeline(slots, pauses(events, now()), rowsOf(slots), next)
        : html`<p class="sub">No slot has come yet.</p>`}
      ${more ? html`<div><button type="button" ?disabled=${waiting} @click=${() => showMore(life)}>Show the slots after ${utc(slots.at(-1).last)} UTC</button></div>` : nothing}
      <p class="legend sub">${LEGEND.map(([key, what]) => html`<span><span class="key ${key}"></span>${what}</span>`)}</p>
    </section>`;
}

/** Rows of the files that are drawn; of very many only the newest are asked for. @param {any[]} slots */
function rowsOf(slots) {
  const drawable = new Set(slots.slice(-150).map(slot => slot.executionId));
  return execution => (drawable.has(execution) ? (proof(execution)?.rows ?? undefined) : undefined);
}

/** @param {import('../report-life.js').Life} life */
const facts = ({id, row, whole}) => html`
  <dl class="facts">
    <div><dt>Report id</dt><dd class="mono">${id} ${copyButton(id, 'Copy the report id')}</dd></div>
    <div><dt>Owner</dt><dd>${row.user} <span class="sub">· ${row.program}</span></dd></div>
    <div><dt>Dataset</dt><dd>${row.dataset || '–'}</dd></div>
    <div><dt>Schedule</dt><dd>${recurrence(row.interval)}${whole?.startTime ? html` from ${instant(whole.startTime)}` : nothing}</dd></div>
    <div><dt>Files</dt><dd>${whole?.recurrenceCount ? `${number(whole.recurrenceCount)} in all` : row.interval ? 'no last one' : 'one'}${whole?.endTime ? html`, none after ${instant(whole.endTime)}` : nothing} <span class="sub">· ${row.format.toUpperCase()}</span></dd></div>
    <div><dt>Created</dt><dd>${whole ? when(whole.createdTime) : '–'}</dd></div>
  </dl>`;

/** @param {Shown} shown */
const tabs = shown => html`<nav class="seg start" aria-label="Parts of the report">${TABS.map(([name, label]) => html`<a href=${address(shown, {tab: name})} aria-current=${shown.tab === name ? 'true' : nothing}>${label}</a>`)}</nav>`;

/** @param {Shown} shown */
function part({life, callbacks, tab, again}) {
  const {row, whole, events, slots} = life;
  if (tab === 'query') {
    return html`<section class="card pad" aria-label="Query"><div class="bar"><h2>Query</h2><span class="grow"></span>${copyButton(whole?.query ?? '', 'Copy the query')}</div>
      <pre>${whole?.query}</pre><p class="sub">Kept with the report: it stays when the saved query <span class="mono">${whole?.queryId}</span> is deleted.</p></section>`;
  }
  if (tab === 'callbacks') return callbacksView(callbacks, whole);
  if (tab === 'settings') return html`<section class="card pad" aria-label="Settings">${whole ? reportForm(row.program, whole, again) : nothing}</section>`;
  if (tab === 'history') return historyTable(events);
  return ledger(row, slots);
}
