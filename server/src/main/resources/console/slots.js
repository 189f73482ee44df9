// @ts-check
// The slot ledger as a table: each slot with its outcome, and each file with its proof.

import {html, nothing} from 'lit-html';
import {repeat} from 'lit-html/directives/repeat.js';
import {icon, state as stateView} from './icons.js';
import {check, checked, copyLink, download, proof} from './proof.js';
import {duration, many, number, size} from './text.js';
import {instant, utc, when} from './time.js';
import {copyButton, paint} from './view.js';

const PART = 25;
let shown = PART;
let of = '';
/** @type {Set<string>} executions whose proof is unfolded */
const unfolded = new Set();

/** Such as `3 completed, 2 skipped`. @param {import('./timeline.js').Slot[]} slots */
export function outcomes(slots) {
  const counts = new Map();
  slots.forEach(slot => counts.set(slot.outcome, (counts.get(slot.outcome) ?? 0) + slot.count));
  return [...counts].map(([outcome, count]) => `${number(count)} ${outcome}`).join(', ');
}

/** @param {any} report of the list @param {import('./timeline.js').Slot[]} slots oldest first */
export function ledger(report, slots) {
  if (of !== report.reportId) {
    of = report.reportId;
    shown = PART;
    unfolded.clear();
  }
  const newest = [...slots].reverse();
  return html`
    <div class="card ledger"><table aria-label="Slots, newest first">
      <thead><tr><th scope="col">Slot, UTC</th><th scope="col">Outcome</th><th scope="col">Started, UTC</th><th scope="col" class="num">Took</th><th scope="col" class="num">Rows</th>
        <th scope="col" class="num">Size</th><th scope="col">File</th><th scope="col">Proof</th></tr></thead>
      <tbody>${newest.length
        ? repeat(newest.slice(0, shown), slot => slot.first, slot => row(report, slot))
        : html`<tr><td colspan="8" class="sub">No slot has come in this time.</td></tr>`}</tbody>
    </table></div>
    ${newest.length > shown
      ? html`<div><button type="button" @click=${() => {
          shown += 100;
          paint();
        }}>Show ${Math.min(100, newest.length - shown)} more of ${number(newest.length)}</button></div>`
      : nothing}`;
}

/** @param {import('./reports-list.js').Report} report @param {import('./timeline.js').Slot} slot */
function row(report, slot) {
  const found = proof(slot.executionId);
  const id = slot.executionId;
  const open = id !== null && unfolded.has(id);
  const range = slot.count > 1;
  return html`<tr>
      <td>${range ? html`${instant(slot.first)} <span class="sub">to</span> ${utc(slot.last)}` : instant(slot.first)}</td>
      <td>${stateView(slot.outcome, range ? ' × ' + number(slot.count) : '')}${reason(report, slot) ? html` <span class="sub">${reason(report, slot)}</span>` : nothing}</td>
      <td>${found?.startedAt ? when(found.startedAt) : html`<span class="sub">–</span>`}</td>
      <td class="num">${took(found)}</td><td class="num">${number(found?.rows)}</td><td class="num">${size(found?.bytes)}</td>
      <td>${id && found?.removedAt
        ? html`<span class="sub">removed</span> ${when(found.removedAt)}`
        : id && found?.sha256
        ? html`<button type="button" @click=${() => download(report.program, report.reportId, id)}>${icon('download')}${report.format.toUpperCase()}</button>
            <button class="quiet square" type="button" aria-label="Copy a link to the file" title="Copy a link to the file" @click=${() => copyLink(report.program, report.reportId, id)}>${icon('copy')}</button>`
        : nothing}</td>
      <td>${found
        ? html`<button class="quiet" type="button" aria-expanded=${open} @click=${() => {
            if (open) unfolded.delete(/** @type {string} */ (id));
            else unfolded.add(/** @type {string} */ (id));
            paint();
          }}>${found.sha256 ? html`<span class="mono">${found.sha256.slice(0, 10)}…</span>` : 'Details'} ${icon(open ? 'less' : 'more')}</button>`
        : nothing}</td></tr>
    ${slot.outcome === 'failed' && !open ? html`<tr class="more"><td colspan="8" class="wrap"><span class="st bad">${icon('failing')}</span> ${slot.reason}</td></tr>` : nothing}
    ${open && found ? html`<tr class="more"><td colspan="8" class="wrap">${details(report, found)}</td></tr>` : nothing}`;
}

const REASONS = {
  paused: 'while paused', cancelled: 'its execution was stopped by a pause', overlap: 'the one before was still running',
  outage: 'the service was down or late', limit: 'no place was left for it',
};

/** @param {import('./reports-list.js').Report} report @param {import('./timeline.js').Slot} slot */
function reason(report, slot) {
  if (slot.outcome === 'pending' && report.status === 'paused') return 'missed; the resume decides';
  if (slot.outcome === 'merged') return 'into ' + utc(String(slot.reason).replace(/^into /, ''));
  return slot.outcome === 'skipped' ? (REASONS[slot.reason] ?? slot.reason) : '';
}

/** @param {import('./proof.js').Proof | undefined} found */
const took = found => (found?.startedAt && found?.endedAt ? duration(Date.parse(found.endedAt) - Date.parse(found.startedAt)) : '–');

/** Whether the file still has all that was written. @param {import('./proof.js').Proof} found */
function whole(found) {
  if (found.removedAt) return html`<span class="st idle">${icon('inactive')}the file is no longer kept</span>`;
  if (found.complete) return html`<span class="st ok">${icon('active')}every row of the query</span>`;
  return found.sha256 ? html`<span class="st bad">${icon('failing')}the file is not as long as it was</span>` : '–';
}

/** @param {import('./reports-list.js').Report} report @param {import('./proof.js').Proof} found */
function details(report, found) {
  const whether = checked.get(found.executionId);
  return html`<dl class="facts">
      <div><dt>Execution</dt><dd class="mono">${found.executionId} ${copyButton(found.executionId, 'Copy the execution id')}</dd></div>
      ${found.sha256 ? html`<div class="long"><dt>SHA-256</dt><dd class="mono">${found.sha256} ${copyButton(found.sha256, 'Copy the SHA-256')}</dd></div>` : nothing}
      <div><dt>Whole</dt><dd>${whole(found)}</dd></div>
      <div><dt>Rows from</dt><dd>${found.windowFrom ? instant(found.windowFrom) : 'no bound'}</dd></div>
      <div><dt>Rows to</dt><dd>${found.windowTo ? instant(found.windowTo) : 'no bound'}</dd></div>
      ${found.mergedFrom ? html`<div><dt>Merged from</dt><dd>${instant(found.mergedFrom)}</dd></div>` : nothing}
      <div><dt>Attempts</dt><dd>${many(found.attempts, 'attempt')}</dd></div>
      ${found.error ? html`<div class="long"><dt>Error</dt><dd><span class="st bad">${icon('failing')}</span> ${found.error}</dd></div>` : nothing}
    </dl>
    ${found.sha256 && !found.removedAt
      ? html`<div class="bar"><button type="button" @click=${() => check(report.program, report.reportId, found.executionId)}>Fetch the file and check its hash</button>
          ${whether === undefined ? nothing : whether ? html`<span class="st ok">${icon('active')}as recorded</span>` : html`<span class="st bad">${icon('failing')}differs</span>`}</div>`
      : nothing}`;
}
