// @ts-check
// All reports at a glance.

import {html, nothing} from 'lit-html';
import {live} from 'lit-html/directives/live.js';
import {repeat} from 'lit-html/directives/repeat.js';
import {icon, state as stateView} from '../icons.js';
import {askDelete, askPause, askResume} from '../orders.js';
import {all, pause, refresh, standing, state, watch} from '../reports-list.js';
import {askResumeOne} from '../resume.js';
import {COLUMNS, filtered, last, sorted, TABS} from '../reports-order.js';
import {spark} from '../spark.js';
import {duration, number} from '../text.js';
import {recurrence, when} from '../time.js';
import {empty, paint, refused} from '../view.js';

const ROW = 32;
/** Up to so many rows are all drawn, so that the browser finds text in them. */
const DRAWN = 200;

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export function openReports(id, query) {
  const chosen = new Set();
  /** @type {any[]} */
  let shown = [];
  let tab = '';
  let filter = '';
  let sort = 'name';
  let down = false;
  let here = -1;
  let anchor = -1;
  let frozen = '';
  let focus = false;
  const counts = new Map();

  function turn(next) {
    tab = next.get('state') ?? '';
    filter = next.get('filter') ?? '';
    sort = next.get('sort') ?? 'name';
    down = sort.startsWith('-');
    sort = sort.replace(/^-/, '');
    choose(true);
  }

  function address(change) {
    const next = new URLSearchParams();
    const set = {state: tab, filter, sort: (down ? '-' : '') + sort, ...change};
    if (set.state) next.set('state', set.state);
    if (set.filter) next.set('filter', set.filter);
    if (set.sort !== 'name') next.set('sort', set.sort);
    const text = next.toString();
    return '#/reports' + (text ? '?' + text : '');
  }

  function replace(change) {
    history.replaceState(null, '', address(change));
    turn(new URLSearchParams(location.hash.split('?')[1] ?? ''));
    paint();
  }

  /** Which rows, in which order. While somebody is at the rows their order stays, whatever has changed in them. */
  function choose(anew) {
    const found = filtered([...all().values()], filter);
    TABS.forEach(([name, , fits]) => counts.set(name, found.filter(fits).length));
    const fits = (TABS.find(([name]) => name === tab) ?? TABS[0])[2];
    const wanted = found.filter(fits);
    const order = sort + down + tab + filter;
    const [at, from] = [shown[here]?.reportId, shown[anchor]?.reportId];
    if (!anew && frozen === order && isBusy()) {
      const fresh = new Map(wanted.map(report => [report.reportId, report]));
      const kept = shown.flatMap(report => fresh.get(report.reportId) ?? all().get(report.reportId) ?? []);
      const known = new Set(kept.map(report => report.reportId));
      shown = [...kept, ...wanted.filter(report => !known.has(report.reportId))];
    } else {
      shown = sorted(wanted, sort, down);
      frozen = order;
    }
    here = placeOf(at);
    anchor = placeOf(from);
    for (const one of chosen) if (!all().has(one)) chosen.delete(one);
  }

  /** @param {string | undefined} id @returns {number} where it is shown, -1 if it is not */
  const placeOf = id => shown.findIndex(report => report.reportId === id);

  const isBusy = () => Boolean(document.querySelector('.reports tbody :focus, .reports tbody:hover'));

  const stop = watch(() => choose(false));
  turn(query);

  // ---- what is done

  const current = () => shown[here];
  const ids = () => (chosen.size ? shown.filter(report => chosen.has(report.reportId)).map(report => report.reportId) : current() ? [current().reportId] : []);

  function move(by) {
    if (!shown.length) return;
    here = Math.min(Math.max(here + by, 0), shown.length - 1);
    focus = true;
    const box = document.querySelector('.reports');
    if (box) {
      const top = here * ROW;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + 2 * ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW - box.clientHeight;
    }
    paint();
  }

  function select(index, on, through) {
    const [from, to] = through && anchor >= 0 ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
    for (const report of shown.slice(from, to + 1)) {
      if (on) chosen.add(report.reportId);
      else chosen.delete(report.reportId);
    }
    anchor = index;
    here = index;
    paint();
  }

  function act(report) {
    if (report.status === 'active') pause([report.reportId]);
    else if (report.status === 'paused') askResumeOne(report, () => refresh());
  }

  // ---- what it looks like

  const head = ([name, label, , narrow]) => {
    const by = name && sort === name;
    return html`<th scope="col" class=${narrow} aria-sort=${by ? (down ? 'descending' : 'ascending') : nothing}>
      ${name
        ? html`<button type="button" @click=${() => replace({sort: by && !down ? '-' + name : name})}>${label}${by ? icon(down ? 'down' : 'up') : nothing}</button>`
        : label}
    </th>`;
  };

  const row = (report, index) => {
    const run = last(report);
    const on = chosen.has(report.reportId);
    const go = '#/report/' + report.reportId;
    return html`<tr aria-selected=${on} aria-rowindex=${index + 2} class=${index === here ? 'here' : ''}>
      <td><input type="checkbox" aria-label="Select ${report.name}" .checked=${live(on)} @click=${event => select(index, event.target.checked, event.shiftKey)}></td>
      <td class="name"><div><a href=${go} data-row=${index} title=${report.name} @focus=${() => {
        if (here !== index) {
          here = index;
          paint();
        }
      }}>${report.name}</a><span class="sub">${report.dataset}</span></div></td>
      <td>${stateView(standing(report))}</td>
      <td class="c3">${recurrence(report.interval)}</td>
      <td class="c2">${spark(report.runs)}</td>
      <td class="c2">${when(run?.endedAt)}</td>
      <td class="c2">${report.pause?.until ? html`<span class="sub">until</span> ${when(report.pause.until)}` : when(report.next)}</td>
      <td class="c3 num">${duration(run?.millis)}</td>
      <td class="c3 num">${number(run?.rows)}</td>
      <td class="c4">${report.format.toUpperCase()}</td>
      <td>${report.status === 'inactive'
        ? nothing
        : html`<button type="button" aria-label="${report.status === 'active' ? 'Pause' : 'Resume'} ${report.name}" @click=${() => act(report)}>${report.status === 'active' ? 'Pause' : 'Resume'}</button>`}</td>
    </tr>`;
  };

  function table() {
    const box = document.querySelector('.reports');
    const every = shown.length <= DRAWN;
    const top = every ? 0 : Math.max(0, Math.floor((box?.scrollTop ?? 0) / ROW) - 12);
    const end = every ? shown.length : Math.min(shown.length, top + Math.ceil((box?.clientHeight ?? 900) / ROW) + 24);
    const chosenHere = shown.filter(report => chosen.has(report.reportId)).length;
    return html`<div class="card reports" tabindex="-1" @scroll=${every ? nothing : paint}>
      <table aria-rowcount=${shown.length + 1} aria-label="Reports">
        <thead><tr>
          <th scope="col"><input type="checkbox" aria-label="Select all ${shown.length}" .checked=${live(chosenHere > 0 && chosenHere === shown.length)}
            .indeterminate=${live(chosenHere > 0 && chosenHere < shown.length)} @change=${event => {
              shown.forEach(report => (event.target.checked ? chosen.add(report.reportId) : chosen.delete(report.reportId)));
              paint();
            }}></th>
          ${COLUMNS.map(head)}<th scope="col">Action</th>
        </tr></thead>
        <tbody>
          ${top > 0 ? html`<tr class="pad" aria-hidden="true"><td colspan="11" .style=${`height:${top * ROW}px`}></td></tr>` : nothing}
          ${repeat(shown.slice(top, end), report => report.reportId, (report, i) => row(report, top + i))}
          ${end < shown.length ? html`<tr class="pad" aria-hidden="true"><td colspan="11" .style=${`height:${(shown.length - end) * ROW}px`}></td></tr>` : nothing}
        </tbody>
      </table>
    </div>`;
  }

  const selected = () => {
    const picked = shown.filter(report => chosen.has(report.reportId));
    const of = status => picked.filter(report => report.status === status).map(report => report.reportId);
    return html`<strong>${picked.length} selected</strong>
      <button type="button" ?disabled=${!of('active').length} @click=${() => askPause(of('active'))}>Pause…</button>
      <button type="button" ?disabled=${!of('paused').length} @click=${() => (of('paused').length === 1 ? askResumeOne(all().get(of('paused')[0]), () => refresh()) : askResume(of('paused')))}>Resume…</button>
      <button type="button" @click=${() => askDelete(picked.map(report => report.reportId))}>Delete…</button>
      <button class="quiet" type="button" @click=${() => {
        chosen.clear();
        paint();
      }}>Clear</button>`;
  };

  const content = () => {
    const {loaded, fault} = state();
    if (fault && !all().size) return refused(fault, () => refresh(false));
    if (!loaded && !all().size) return html`<p class="sub">Loading…</p>`;
    if (!all().size) {
      return html`<div class="card">${empty('No reports yet', 'A report runs a saved query again and again, and keeps a file for each slot. Make one to see it here.', html`<a class="btn" href="#/new">New report</a>`)}</div>`;
    }
    if (!shown.length) {
      return html`<div class="card">${empty('Nothing fits', `None of ${all().size} reports is ${tab || 'there'}${filter ? ` and has “${filter}” in its name, id, dataset or owner` : ''}.`, html`<a class="btn" href="#/reports">Show all</a>`)}</div>`;
    }
    return html`${fault ? refused(fault, () => refresh(false)) : nothing}${table()}`;
  };

  return {
    title: 'Reports',
    turn,
    close: stop,
    drawn() {
      if (!focus) return;
      focus = false;
      /** @type {HTMLElement | null} */ (document.querySelector(`.reports a[data-row="${here}"]`))?.focus({preventScroll: true});
    },
    keys: () => [
      ['j', 'Next report', () => move(1)],
      ['k', 'Report before', () => move(-1)],
      ['x', 'Select', event => current() && select(here, !chosen.has(current().reportId), event.shiftKey)],
      ['p', 'Pause or resume', () => current() && act(current())],
      ['P', 'Pause with a reason', () => ids().length && askPause(ids())],
      ['Enter', 'Open', () => current() && (location.hash = '#/report/' + current().reportId)],
      ['n', 'New report', () => (location.hash = '#/new')],
    ],
    view: () => html`
      <div class="bar"><h1>Reports</h1><span class="grow"></span><a class="btn main-link" href="#/new">New report <kbd>n</kbd></a></div>
      <div class="bar">
        <nav class="seg" aria-label="State">${TABS.map(([name, label]) => html`<a href=${address({state: name})} aria-current=${tab === name ? 'true' : nothing}>${label} ${number(counts.get(name) ?? 0)}</a>`)}</nav>
        <input type="search" aria-label="Filter reports" placeholder="Filter by name, id or dataset" .value=${live(filter)} @input=${event => replace({filter: event.target.value})}
          @keydown=${event => {
            if (event.key === 'Escape') event.target.blur();
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              here = -1;
              move(1);
            }
          }}>
        <span class="grow"></span>${chosen.size ? selected() : nothing}
      </div>
      ${content()}
      ${shown.length
        ? html`<div class="bar hint"><span>${number(shown.length)} of ${number(all().size)}${state().cut ? html` (the newest of ${number(state().total)})` : nothing}</span><span class="grow"></span>
            <span><kbd>j</kbd> <kbd>k</kbd> move</span><span><kbd>x</kbd> select</span><span><kbd>p</kbd> pause or resume</span><span><kbd>Enter</kbd> open</span></div>`
        : nothing}`,
  };
}
