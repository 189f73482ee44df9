// @ts-check
// What a report's receiver was told of its files, attempt by attempt, and telling it again.

import {html, nothing} from 'lit-html';
import {repeat} from 'lit-html/directives/repeat.js';
import {gather, own} from './api.js';
import {icon, state as stateView} from './icons.js';
import {duration, many, number} from './text.js';
import {instant, when} from './time.js';
import {copyButton, empty, paint, refused, say, sayWhy} from './view.js';

/**
 * @typedef {{number: number, at: string, millis: number, status: number | null, error: string | null}} Attempt
 * @typedef {{id: string, slot: string, method: string, url: string, state: 'waiting' | 'delivered' | 'failed' | 'gone', createdAt: string,
 *   nextAttemptAt: string | null, endedAt: string | null, attempts: Attempt[]}} Callback
 * @typedef {object} Callbacks of one report
 * @property {string} report its id
 * @property {Callback[] | null} found newest first
 * @property {boolean} further whether there are more
 * @property {number} parts how many parts of the list are shown
 * @property {any} fault
 * @property {Set<string>} unfolded ids of those whose attempts are shown
 * @property {AbortSignal} signal
 */

/** @param {string} report its id @param {AbortSignal} signal told when nobody looks any longer @returns {Callbacks} */
export const makeCallbacks = (report, signal) => ({report, found: null, further: false, parts: 1, fault: null, unfolded: new Set(), signal});

/** @param {Callbacks} callbacks @param {boolean} quiet */
export async function loadCallbacks(callbacks, quiet) {
  const {report, parts, signal} = callbacks;
  try {
    const {found, more} = await gather('callbacks?reportId=' + report, 'callbacks', parts, {quiet, signal});
    Object.assign(callbacks, {found, further: more !== '', fault: null});
  } catch (error) {
    callbacks.fault = error;
  }
  if (!signal.aborted) paint();
}

// ---- telling it again

/** @param {Callbacks} callbacks @param {string} path @param {unknown} body @param {(answer: any) => string} what says what came of it */
async function replay(callbacks, path, body, what) {
  try {
    say(what(await own('POST', path, body)));
  } catch (error) {
    sayWhy(error, 'Not sent again');
  }
  if (!callbacks.signal.aborted) loadCallbacks(callbacks, true);
}

/** @param {Callbacks} callbacks @param {Callback} one */
const again = (callbacks, one) => replay(callbacks, `callbacks/${one.id}:replay`, undefined, () => 'It is sent again');

/** @param {Callbacks} callbacks @param {any} whole the report */
const allAgain = (callbacks, whole) =>
  replay(callbacks, 'callbacks:replay', {since: whole.createdTime, reportId: callbacks.report, state: 'failed'}, answer => `${many(answer.replayed, 'callback')} sent again`);

// ---- what it looks like

/** @param {Callbacks} callbacks @param {any} whole the report as the public calls show it */
export function callbacksView(callbacks, whole) {
  const {found, fault} = callbacks;
  return html`${refused(fault, () => loadCallbacks(callbacks, false))}
    ${found === null ? html`<p class="sub">${fault ? '' : 'Loading…'}</p>` : found.length ? list(callbacks, found, whole) : html`<div class="card">${none(callbacks, whole)}</div>`}`;
}

/** @param {Callbacks} callbacks @param {any} whole */
const none = ({report}, whole) =>
  whole?.callbackUrl
    ? empty('No callback yet', html`As soon as an execution completes, <span class="mono">${whole.callbackUrl}</span> is told.`)
    : empty('Nobody is told', 'A report with a callback URL tells it of every file, signed, and again until it has heard.', html`<a class="btn" href="#/report/${report}?tab=settings">Settings</a>`);

/** @param {Callbacks} callbacks @param {Callback[]} all @param {any} whole */
function list(callbacks, all, whole) {
  const {further} = callbacks;
  const failed = all.filter(one => one.state === 'failed').length;
  return html`
    <div class="bar"><span class="sub">${number(all.length)}${further ? ' newest' : ''}, to <span class="mono">${whole?.callbackUrl ?? 'nobody any more'}</span></span><span class="grow"></span>
      ${failed ? html`<button type="button" ?disabled=${!whole} @click=${() => allAgain(callbacks, whole)}>Send again what failed</button>` : nothing}</div>
    <div class="card ledger" tabindex="0" role="region" aria-label="What the receiver was told"><table aria-label="Callbacks, newest first">
      <thead><tr><th scope="col">Slot, UTC</th><th scope="col">State</th><th scope="col">Last answer</th><th scope="col">Ended, UTC</th><th scope="col">Attempts</th><th scope="col">Action</th></tr></thead>
      <tbody>${repeat(all, one => one.id, one => row(callbacks, one))}</tbody></table></div>
    ${further
      ? html`<div><button type="button" @click=${() => {
          callbacks.parts++;
          loadCallbacks(callbacks, false);
        }}>Show more</button></div>`
      : nothing}`;
}

/** @param {Callbacks} callbacks @param {Callback} one */
function row(callbacks, one) {
  const {unfolded} = callbacks;
  const last = one.attempts.at(-1);
  const open = unfolded.has(one.id);
  const fold = () => {
    if (!unfolded.delete(one.id)) unfolded.add(one.id);
    paint();
  };
  return html`<tr>
      <td>${instant(one.slot)}</td>
      <td>${stateView(one.state)}</td>
      <td>${last ? html`${last.status ?? 'no answer'} <span class="sub">in ${duration(last.millis)}</span>` : html`<span class="sub">–</span>`}</td>
      <td>${one.endedAt ? when(one.endedAt) : one.nextAttemptAt ? html`<span class="sub">next</span> ${when(one.nextAttemptAt)}` : html`<span class="sub">now</span>`}</td>
      <td><button class="quiet" type="button" aria-expanded=${open} @click=${fold}>${many(one.attempts.length, 'attempt')} ${icon(open ? 'less' : 'more')}</button></td>
      <td><button type="button" aria-label="Send again the callback of ${one.slot}" @click=${() => again(callbacks, one)}>Send again</button></td></tr>
    ${open ? html`<tr class="more"><td colspan="6" class="wrap">${details(one)}</td></tr>` : nothing}`;
}

/** @param {Callback} one */
const details = one => html`
  <div class="bar sub"><span class="mono">${one.id}</span>${copyButton(one.id, 'Copy the id of the callback')}<span>${one.method} <span class="mono">${one.url}</span></span></div>
  ${one.attempts.length
    ? html`<table class="plain" aria-label="Attempts"><thead><tr><th scope="col" class="num">No.</th><th scope="col">When, UTC</th><th scope="col" class="num">Took</th><th scope="col">Answer</th><th scope="col">What was wrong</th></tr></thead>
        <tbody>${one.attempts.map(attempt => html`<tr><td class="num">${attempt.number}</td><td>${when(attempt.at)}</td><td class="num">${duration(attempt.millis)}</td>
          <td>${attempt.status ?? '–'}</td><td>${attempt.error ?? '–'}</td></tr>`)}</tbody></table>`
    : html`<p class="sub">None yet.</p>`}`;
