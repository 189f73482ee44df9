// @ts-check
// The test clock: time moves when it is told to, and what comes due on the way runs.

import {html, nothing} from 'lit-html';
import {own} from '../api.js';
import {field, values} from '../form.js';
import {state as stateView} from '../icons.js';
import {all, refresh, state, watch} from '../reports-list.js';
import {service} from '../service.js';
import {many, number} from '../text.js';
import {fromField, now, realNow, span, stand, toField, utc, when} from '../time.js';
import {empty, paint, refused} from '../view.js';

const STEPS = /** @type {[string, string][]} */ ([['PT1H', '+1 h'], ['PT4H', '+4 h'], ['P1D', '+1 day'], ['P7D', '+7 days']]);

/** @typedef {import('../reports-list.js').Report & {next: string}} Coming */

/** Of every active report the slot it waits for, soonest first. @returns {Coming[]} */
const coming = () =>
  [...all().values()].flatMap(report => (report.next ? [{...report, next: report.next}] : [])).sort((a, b) => a.next.localeCompare(b.next));

/** The executions that ended last. */
const ended = () =>
  [...all().values()]
    .flatMap(report => report.runs.flatMap(run => (run.endedAt ? [{report, run, ended: run.endedAt}] : [])))
    .sort((a, b) => b.ended.localeCompare(a.ended) || b.run.slot.localeCompare(a.run.slot))
    .slice(0, 12);

/** @returns {import('../app.js').Page} */
export function openClock() {
  /** @type {string | null} */
  let moving = null;
  /** @type {any} */
  let fault = null;
  /** @type {{from: string, to: string, executions: number}[]} */
  const moves = [];
  /** @type {Coming[]} */
  let soon = [];
  /** @type {ReturnType<typeof ended>} */
  let past = [];
  const count = () => {
    soon = coming();
    past = ended();
  };
  count();
  const stop = service.testClock ? watch(count) : () => {};

  async function move(how, what) {
    if (moving) return;
    moving = what;
    fault = null;
    paint();
    try {
      const moved = await own('POST', 'clock', how);
      moves.unshift(moved);
      stand(moved.to);
      dispatchEvent(new Event('reprise:clock'));
    } catch (error) {
      fault = error;
    }
    moving = null;
    refresh();
    paint();
  }

  const toNext = () => {
    const first = soon[0];
    return first ? move({to: first.next}, 'to ' + utc(first.next)) : undefined;
  };

  const clock = () => {
    const first = soon[0];
    const ahead = now() - realNow();
    return html`<section class="card pad clock" aria-label="Clock">
      <div class="bar big"><time datetime=${new Date(now()).toISOString()}><strong>${utc(now())}</strong> UTC</time>
        <span class="grow"></span><span class="sub">real time ${utc(Math.floor(realNow() / 60_000) * 60_000)} UTC${Math.abs(ahead) > 60_000 ? html`, ${span(ahead)} ${ahead > 0 ? 'behind' : 'ahead'}` : nothing}</span></div>
      <p class="sub">Time stands still until it is moved, and moves forward only. Everything that comes due on the way runs, each at its own slot.</p>
      ${refused(fault)}
      <div class="bar">
        ${STEPS.map(([by, label]) => html`<button type="button" ?disabled=${moving !== null} @click=${() => move({advance: by}, 'by ' + label.slice(1))}>${label}</button>`)}
        <button class="main" type="button" ?disabled=${moving !== null || !first} @click=${toNext}>To the next slot <kbd>m</kbd></button>
        <span class="sub">${first ? `${first.name}, ${utc(first.next)} UTC` : 'No slot is to come.'}</span>
      </div>
      <form class="bar" @submit=${event => {
        event.preventDefault();
        const said = values(event.target);
        if (said.to) move({to: fromField(said.to)}, 'to ' + utc(fromField(said.to)));
      }}>
        ${field({label: 'Move to (UTC)', name: 'to', type: 'datetime-local', min: toField(new Date(now()).toISOString())})}
        <button class="low" ?disabled=${moving !== null}>Move</button>
      </form>
      <p role="status" aria-live="polite">${moving ? `Moving ${moving}: what comes due runs…` : moves.length ? `Moved ${span(Date.parse(moves[0].to) - Date.parse(moves[0].from))}: ${many(moves[0].executions, 'execution')} ran.` : ''}</p>
    </section>`;
  };

  const columns = () => html`<div class="halves">
    <section class="card" aria-label="What will happen next"><table><caption>What will happen next</caption>
      <thead><tr><th scope="col">Slot, UTC</th><th scope="col">Report</th></tr></thead>
      <tbody>${soon.slice(0, 12).map(report => html`<tr><td>${when(report.next)}</td><td><a href="#/report/${report.reportId}">${report.name}</a></td></tr>`)}
        ${soon.length ? nothing : html`<tr><td colspan="2" class="sub">No active report waits for a slot.</td></tr>`}</tbody></table></section>
    <section class="card" aria-label="What just happened"><table><caption>What just happened</caption>
      <thead><tr><th scope="col">Ended, UTC</th><th scope="col">Report</th><th scope="col">Outcome</th><th scope="col" class="num">Rows</th></tr></thead>
      <tbody>${past.map(({report, run}) => html`<tr><td>${when(run.endedAt)}</td><td><a href="#/report/${report.reportId}">${report.name}</a></td><td>${stateView(run.outcome)}</td><td class="num">${number(run.rows)}</td></tr>`)}
        ${past.length ? nothing : html`<tr><td colspan="4" class="sub">Nothing has run yet.</td></tr>`}</tbody></table></section>
  </div>`;

  return {
    title: 'Clock',
    close: stop,
    keys: () => (service.testClock ? [['m', 'Move to the next slot', () => void toNext()]] : []),
    view: () =>
      service.testClock
        ? html`<div class="bar"><h1>Test clock</h1></div>${clock()}${state().fault ? refused(state().fault) : nothing}${columns()}`
        : html`<div class="bar"><h1>Clock</h1></div><div class="card">${empty(`${utc(now())} UTC`, 'Reports go by the real clock. A service that is started with --clock test has one that stands still and moves when told to: for trying out schedules, pauses and resumes in seconds.')}</div>`,
  };
}
