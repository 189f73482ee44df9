// @ts-check
// What happened to a report: who did what, when and why, and what it changed.

import {html, nothing} from 'lit-html';
import {utc, when} from './time.js';

const WHAT = {
  create: 'Created', update: 'Updated', pause: 'Paused', resume: 'Resumed', delete: 'Deleted', automaticPause: 'Paused by itself',
  timedResume: 'Resumed by itself', hold: 'Stays paused', end: 'Ended', heal: 'Corrected',
};

/** @param {any[]} events oldest first */
export const historyTable = events => html`
  <div class="card" tabindex="0" role="region" aria-label="What happened"><table aria-label="History">
    <thead><tr><th scope="col">When, UTC</th><th scope="col">What</th><th scope="col">Who</th><th scope="col">Why</th><th scope="col">What changed</th><th scope="col">Hash</th></tr></thead>
    <tbody>${[...events].reverse().map(event => html`<tr>
      <td>${when(event.at)}</td><td><strong>${WHAT[event.what] ?? event.what}</strong></td>
      <td>${event.who}${event.client ? html` <span class="sub client" title=${event.client}>${event.client.split('/')[0]}</span>` : nothing}</td>
      <td class="wrap">${event.reason ?? html`<span class="sub">–</span>`}</td>
      <td class="wrap changes">${changes(event)}</td>
      <td class="mono sub" title=${event.hash}>${event.hash.slice(0, 12)}…</td></tr>`)}</tbody>
  </table></div>`;

/** The fields that differ between before and after, one by one. @param {any} event */
function changes(event) {
  const before = flat(event.before);
  const after = flat(event.after);
  if (event.what === 'create' || event.what === 'delete') return html`<span class="sub">–</span>`;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(name => before[name] !== after[name] && !SAID.has(name));
  return names.slice(0, 6).map(name => html`<div><span class="sub">${name}</span> ${shown(before[name])} → ${shown(after[name])}</div>`);
}

/** What the other columns say already. */
const SAID = new Set(['pausedAt', 'pausedBy', 'pauseReason', 'modifiedAt']);

/** @param {string | undefined} value */
const shown = value => (value === undefined ? '–' : /^\d{4}-\d\d-\d\dT/.test(value) ? utc(value) : value);

/** @param {any} value @returns {Record<string, string>} */
function flat(value, prefix = '') {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [key, inner] of Object.entries(value ?? {})) {
    if (inner && typeof inner === 'object' && !Array.isArray(inner)) Object.assign(fields, flat(inner, prefix + key + '.'));
    else if (inner !== null) fields[prefix + key] = typeof inner === 'string' ? inner : JSON.stringify(inner);
  }
  return fields;
}
