// @ts-check
// One report: what became of its slots, what it is, what happened to it.

import {html, nothing} from 'lit-html';
import {call, own, records} from '../api.js';
import {openCallbacks} from '../callbacks.js';
import {historyTable} from '../history.js';
import {state as stateView} from '../icons.js';
import {askDelete, askPause} from '../orders.js';
import {freshen, proof} from '../proof.js';
import {reportForm} from '../report-form.js';
import {all, remember, standing} from '../reports-list.js';
import {askResumeOne, pauseLine} from '../resume.js';
import {askRunNow} from '../run-now.js';
import {ledger, outcomes} from '../slots.js';
import {number} from '../text.js';
import {instant, now, recurrence, utc, when} from '../time.js';
import {pauses, timeline} from '../timeline.js';
import {copyButton, empty, paint, refused} from '../view.js';

const TABS = /** @type {[string, string][]} */ ([['', 'Slots'], ['query', 'Query'], ['callbacks', 'Callbacks'], ['settings', 'Settings'], ['history', 'History']]);
const RANGES = /** @type {[string, string, number][]} */ ([['7d', 'Last 7 days', 7], ['30d', '30 days', 30], ['90d', '90 days', 90], ['all', 'All', 0]]);
const DAY = 86_400_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export const openReport = (id, query) => (UUID.test(id) ? openKnown(id, query) : noReport());

/** Ids stand in the paths of calls, so that nothing but an id may come from the address. @returns {import('../app.js').Page} */
const noReport = () => ({
  title: 'Report',
  view: () => html`<div class="bar"><h1>Report</h1></div>
    <div class="card">${empty('This is no report', 'The address has no id of a report.', html`<a class="btn" href="#/reports">All reports</a>`)}</div>`,
});

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
function openKnown(id, query) {
  /** @type {any} */
  let row = all().get(id);
  /** @type {any} */
  let whole = null;
  /** @type {any[]} */
  let slots = [];
  /** @type {any[]} */
  let events = [];
  /** @type {string[]} */
  let next = [];
  let more = '';
  /** How many parts of the ledger are shown. */
  let parts = 1;
  let waiting = false;
  /** @type {any} */
  let fault = null;
  let tab = query.get('tab') ?? '';
  let range = query.get('range') ?? '';
  let seen = '';
  let timer = 0;
  let closed = false;
  let scrolled = false;
  const callbacks = openCallbacks(id);

  async function load(quiet) {
    clearTimeout(timer);
    if (!document.hidden || !whole) {
      try {
        const found = (await own('GET', 'reports?reportId=' + encodeURIComponent(id), undefined, {quiet})).reports[0];
        if (!found) {
          row = null;
          whole = null;
          events = await history(quiet);
        } else {
          row = found;
          remember(found);
          // What cannot have changed is not fetched again: a report that stands still costs one call.
          const mark = JSON.stringify(found) + range + Math.floor(now() / 60_000);
          if (mark !== seen) {
            await details(found, quiet);
            seen = mark;
          }
        }
        if (tab === 'callbacks') await callbacks.load(quiet);
        fault = null;
      } catch (error) {
        fault = error;
      }
      if (closed) return;
      paint();
    }
    timer = setTimeout(load, 3000, true);
  }

  async function details(report, quiet) {
    const from = span(report);
    const how = {quiet};
    const [definition, ledger, past, soon] = await Promise.all([
      call('GET', report.program, 'ScheduledReport?reportId=' + id, undefined, how),
      own('GET', `reports/${id}/slots` + (from ? '?from=' + from : ''), undefined, how),
      history(quiet),
      own('GET', `reports/${id}/next?count=10`, undefined, how),
    ]);
    whole = records(definition)[0] ?? null;
    let read = ledger;
    let found = read.slots;
    for (let part = 1; read.nextLink && part < parts; part++) {
      read = await after(read.nextLink, quiet);
      found = [...found, ...read.slots];
    }
    slots = found;
    more = read.nextLink ?? '';
    events = past;
    next = soon.next;
    freshen();
  }

  /** Since when slots are shown: by default so long that some forty fit. */
  function span(found) {
    const days = RANGES.find(([name]) => name === range)?.[2] ?? Math.max(2, Math.ceil(((found.interval ?? 24) * 60) / 24));
    if (!days) return '';
    return new Date(Math.max(0, now() - days * DAY)).toISOString().slice(0, 10);
  }

  async function history(quiet) {
    const found = [];
    let path = `reports/${id}/history`;
    for (let parts = 0; path && parts < 20; parts++) {
      const part = await own('GET', path, undefined, {quiet});
      found.push(...part.events);
      path = part.nextLink ? `reports/${id}/history?skip=${found.length}` : '';
    }
    return found;
  }

  /** The ledger is read from its old end; what lies further on has a link. @param {string} link @param {boolean} quiet */
  function after(link, quiet) {
    const below = 'reprise/v1/'; // The address before it is the service's own, and may have any name.
    return own('GET', link.slice(link.lastIndexOf(below) + below.length), undefined, {quiet});
  }

  async function showMore() {
    waiting = true;
    paint();
    try {
      const link = more;
      const part = await after(link, false);
      parts++;
      if (link === more) {
        slots = [...slots, ...part.slots];
        more = part.nextLink ?? '';
      } else {
        seen = ''; // The ledger was read anew meanwhile, without this part.
      }
    } catch (error) {
      fault = error;
    }
    waiting = false;
    paint();
  }

  load(false);

  const at = change => {
    const set = {tab, range, ...change};
    const text = new URLSearchParams(Object.entries(set).filter(([, value]) => value)).toString();
    return `#/report/${id}${text ? '?' + text : ''}`;
  };

  const again = () => {
    seen = '';
    load(false);
  };

  const toggle = () => {
    if (row?.status === 'active') askPause([id], again);
    else if (row?.status === 'paused') askResumeOne(row, again);
  };

  /** Rows of the files that are drawn; of very many only the newest are asked for. */
  const rowsOf = execution => (drawable().has(execution) ? (proof(execution)?.rows ?? undefined) : undefined);
  const drawable = () => new Set(slots.slice(-150).map(slot => slot.executionId));

  // ---- what it looks like

  const heading = () => html`
    <div class="bar">
      <h1><a href="#/reports">Reports</a> <span class="crumb">/</span> ${row.name}</h1>${stateView(standing(row))}
      <span class="sub">${recurrence(row.interval)}${row.next ? html` · next ${when(row.next)}` : nothing}</span>
      <span class="grow"></span>
      ${row.status === 'active' ? html`<button class="main" type="button" @click=${toggle}>Pause… <kbd>p</kbd></button>` : nothing}
      ${row.status === 'paused' ? html`<button class="main" type="button" @click=${toggle}>Resume… <kbd>p</kbd></button>` : nothing}
      ${whole ? html`<button type="button" @click=${() => askRunNow(row.program, whole)}>Run now…</button>` : nothing}
      <button type="button" @click=${() => askDelete([id], gone => gone.length && (location.hash = '#/reports'))}>Delete…</button>
    </div>`;

  const picture = () => html`
    <section class="card pad" aria-label="Timeline">
      <div class="bar"><h2>Slots</h2><span class="sub">${outcomes(slots)}</span><span class="grow"></span>
        <nav class="seg" aria-label="Time shown">${RANGES.map(([name, label]) => html`<a href=${at({range: name === range ? '' : name})} aria-current=${range === name ? 'true' : nothing}>${label}</a>`)}</nav></div>
      ${slots.length || next.length
        ? timeline(slots, pauses(events, now()), rowsOf, next)
        : html`<p class="sub">No slot has come yet.</p>`}
      ${more ? html`<div><button type="button" ?disabled=${waiting} @click=${showMore}>Show the slots after ${utc(slots.at(-1).last)} UTC</button></div>` : nothing}
      <p class="legend sub"><span class="key ok"></span>completed, as high as it has rows <span class="key bad"></span>failed <span class="key run"></span>running or waiting <span class="key hatched"></span>skipped <span class="key band"></span>paused <span class="key dot"></span>to come</p>
    </section>`;

  const facts = () => html`
    <dl class="facts">
      <div><dt>Report id</dt><dd class="mono">${id} ${copyButton(id, 'Copy the report id')}</dd></div>
      <div><dt>Owner</dt><dd>${row.user} <span class="sub">· ${row.program}</span></dd></div>
      <div><dt>Dataset</dt><dd>${row.dataset || '–'}</dd></div>
      <div><dt>Schedule</dt><dd>${recurrence(row.interval)}${whole?.startTime ? html` from ${instant(whole.startTime)}` : nothing}</dd></div>
      <div><dt>Files</dt><dd>${whole?.recurrenceCount ? `${number(whole.recurrenceCount)} in all` : row.interval ? 'no last one' : 'one'}${whole?.endTime ? html`, none after ${instant(whole.endTime)}` : nothing} <span class="sub">· ${row.format.toUpperCase()}</span></dd></div>
      <div><dt>Created</dt><dd>${whole ? when(whole.createdTime) : '–'}</dd></div>
    </dl>`;

  const tabs = () => html`<nav class="seg start" aria-label="Parts of the report">${TABS.map(([name, label]) => html`<a href=${at({tab: name})} aria-current=${tab === name ? 'true' : nothing}>${label}</a>`)}</nav>`;

  const part = () => {
    if (tab === 'query') {
      return html`<section class="card pad" aria-label="Query"><div class="bar"><h2>Query</h2><span class="grow"></span>${copyButton(whole?.query ?? '', 'Copy the query')}</div>
        <pre>${whole?.query}</pre><p class="sub">Kept with the report: it stays when the saved query <span class="mono">${whole?.queryId}</span> is deleted.</p></section>`;
    }
    if (tab === 'callbacks') return callbacks.view(whole);
    if (tab === 'settings') return html`<section class="card pad" aria-label="Settings">${whole ? reportForm(row.program, whole, again) : nothing}</section>`;
    if (tab === 'history') return historyTable(events);
    return ledger(row, slots);
  };

  return {
    title: row?.name ?? 'Report',
    turn(query) {
      const before = tab;
      tab = query.get('tab') ?? '';
      if (tab === 'callbacks' && before !== tab) callbacks.load(false);
      const asked = query.get('range') ?? '';
      if (asked !== range) {
        range = asked;
        parts = 1;
        scrolled = false;
        again();
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
    drawn() {
      if (row) document.title = row.name + ' · Reprise';
      const box = document.querySelector('.timeline');
      if (box && slots.length && !scrolled) {
        box.scrollLeft = box.scrollWidth; // The newest slots are on the right.
        scrolled = true;
      }
    },
    keys: () => [
      ['p', 'Pause or resume', toggle],
      ...TABS.map(([name, label], i) => /** @type {[string, string, () => void]} */ ([String(i + 1), label, () => (location.hash = at({tab: name}))])),
    ],
    view() {
      if (fault && !row && !events.length) return html`<div class="bar"><h1><a href="#/reports">Reports</a></h1></div>${refused(fault, again)}`;
      if (!row && events.length) {
        return html`<div class="bar"><h1><a href="#/reports">Reports</a> <span class="crumb">/</span> <span class="mono">${id}</span></h1></div>
          <div class="card">${empty('This report is gone', 'It was deleted with its executions and files. What was done to it stays.')}</div>${historyTable(events)}`;
      }
      if (!row) return html`<p class="sub">Loading…</p>`;
      return html`${heading()} ${fault ? refused(fault, again) : nothing} ${pauseLine(row.pause)} ${facts()} ${picture()} ${tabs()} ${part()}`;
    },
  };
}
