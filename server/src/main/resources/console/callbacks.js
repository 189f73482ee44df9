// @ts-check
// What a report's receiver was told of its files, attempt by attempt, and telling it again.

import {html, nothing} from 'lit-html';
import {repeat} from 'lit-html/directives/repeat.js';
import {own} from './api.js';
import {icon, state as stateView} from './icons.js';
import {duration, many, number} from './text.js';
import {instant, when} from './time.js';
import {copyButton, empty, paint, refused, say, sayWhy} from './view.js';

/**
 * @typedef {{number: number, at: string, millis: number, status: number | null, error: string | null}} Attempt
 * @typedef {{id: string, slot: string, method: string, url: string, state: 'waiting' | 'delivered' | 'failed' | 'gone', createdAt: string,
 *   nextAttemptAt: string | null, endedAt: string | null, attempts: Attempt[]}} Callback
 */

/** @param {string} report its id */
export function openCallbacks(report) {
  /** @type {Callback[] | null} newest first */
  let found = null;
  let further = false;
  /** How many parts of the list are shown. */
  let parts = 1;
  /** @type {any} */
  let fault = null;
  /** @type {Set<string>} ids of those whose attempts are unfolded */
  const unfolded = new Set();

  /** @param {boolean} quiet */
  async function load(quiet) {
    try {
      /** @type {Callback[]} */
      const all = [];
      let left = true;
      for (let part = 0; left && part < parts; part++) {
        const answer = await own('GET', `callbacks?reportId=${report}&skip=${all.length}`, undefined, {quiet});
        all.push(...answer.callbacks);
        left = Boolean(answer.nextLink);
      }
      found = all;
      further = left;
      fault = null;
    } catch (error) {
      fault = error;
    }
    paint();
  }

  /** @param {string} path @param {unknown} body @param {(answer: any) => string} what says what came of it */
  async function replay(path, body, what) {
    try {
      say(what(await own('POST', path, body)));
    } catch (error) {
      sayWhy(error, 'Not sent again');
    }
    load(true);
  }

  /** @param {Callback} one */
  const again = one => replay(`callbacks/${one.id}:replay`, undefined, () => 'It is sent again');

  /** @param {any} whole the report */
  const allAgain = whole =>
    replay('callbacks:replay', {since: whole.createdTime, reportId: report, state: 'failed'}, answer => `${many(answer.replayed, 'callback')} sent again`);

  function more() {
    parts++;
    load(false);
  }

  /** @param {string} id */
  function fold(id) {
    if (!unfolded.delete(id)) unfolded.add(id);
    paint();
  }

  // ---- what it looks like

  /** @param {Callback} one */
  const row = one => {
    const last = one.attempts.at(-1);
    const open = unfolded.has(one.id);
    return html`<tr>
        <td>${instant(one.slot)}</td>
        <td>${stateView(one.state)}</td>
        <td>${last ? html`${last.status ?? 'no answer'} <span class="sub">in ${duration(last.millis)}</span>` : html`<span class="sub">–</span>`}</td>
        <td>${one.endedAt ? when(one.endedAt) : one.nextAttemptAt ? html`<span class="sub">next</span> ${when(one.nextAttemptAt)}` : html`<span class="sub">now</span>`}</td>
        <td><button class="quiet" type="button" aria-expanded=${open} @click=${() => fold(one.id)}>${many(one.attempts.length, 'attempt')} ${icon(open ? 'less' : 'more')}</button></td>
        <td><button type="button" aria-label="Send again the callback of ${one.slot}" @click=${() => again(one)}>Send again</button></td></tr>
      ${open ? html`<tr class="more"><td colspan="6" class="wrap">${details(one)}</td></tr>` : nothing}`;
  };

  /** @param {Callback} one */
  const details = one => html`
    <div class="bar sub"><span class="mono">${one.id}</span>${copyButton(one.id, 'Copy the id of the callback')}<span>${one.method} <span class="mono">${one.url}</span></span></div>
    ${one.attempts.length
      ? html`<table class="plain" aria-label="Attempts"><thead><tr><th scope="col" class="num">No.</th><th scope="col">When, UTC</th><th scope="col" class="num">Took</th><th scope="col">Answer</th><th scope="col">What was wrong</th></tr></thead>
          <tbody>${one.attempts.map(attempt => html`<tr><td class="num">${attempt.number}</td><td>${when(attempt.at)}</td><td class="num">${duration(attempt.millis)}</td>
            <td>${attempt.status ?? '–'}</td><td>${attempt.error ?? '–'}</td></tr>`)}</tbody></table>`
      : html`<p class="sub">None yet.</p>`}`;

  /** @param {Callback[]} all @param {any} whole */
  const list = (all, whole) => {
    const failed = all.filter(one => one.state === 'failed').length;
    return html`
      <div class="bar"><span class="sub">${number(all.length)}${further ? ' newest' : ''}, to <span class="mono">${whole?.callbackUrl ?? 'nobody any more'}</span></span><span class="grow"></span>
        ${failed ? html`<button type="button" ?disabled=${!whole} @click=${() => allAgain(whole)}>Send again what failed</button>` : nothing}</div>
      <div class="card ledger" tabindex="0" role="region" aria-label="What the receiver was told"><table aria-label="Callbacks, newest first">
        <thead><tr><th scope="col">Slot, UTC</th><th scope="col">State</th><th scope="col">Last answer</th><th scope="col">Ended, UTC</th><th scope="col">Attempts</th><th scope="col">Action</th></tr></thead>
        <tbody>${repeat(all, one => one.id, row)}</tbody></table></div>
      ${further ? html`<div><button type="button" @click=${more}>Show more</button></div>` : nothing}`;
  };

  const none = whole =>
    whole?.callbackUrl
      ? empty('No callback yet', html`As soon as an execution completes, <span class="mono">${whole.callbackUrl}</span> is told.`)
      : empty('Nobody is told', 'A report with a callback URL tells it of every file, signed, and again until it has heard.', html`<a class="btn" href="#/report/${report}?tab=settings">Settings</a>`);

  return {
    load,
    /** @param {any} whole the report as the public calls show it */
    view: whole => html`${refused(fault, () => load(false))}
      ${found === null ? html`<p class="sub">${fault ? '' : 'Loading…'}</p>` : found.length ? list(found, whole) : html`<div class="card">${none(whole)}</div>`}`,
  };
}
