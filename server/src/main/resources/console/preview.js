// @ts-check
// The first rows of a query, as a table and, where that suits them, as a chart.

import {html, nothing} from 'lit-html';
import {axes, chart, numeric} from './chart.js';
import {exact, many, number} from './text.js';
import {paint} from './view.js';

/** @typedef {{columns: string[], rows: Record<string, any>[], millis: number, redacted: boolean}} Preview */

let drawn = false;
let x = '';
let y = '';

/** @param {Preview} preview */
export function previewView({columns, rows, millis, redacted}) {
  const possible = axes(rows, columns);
  return html`<section class="card pad" aria-label="First rows">
    <div class="bar"><h2>${many(rows.length, 'row')}</h2><span class="sub">${number(millis)} ms${redacted ? ', some values are withheld from you' : ''}</span><span class="grow"></span>
      ${possible && drawn ? choices(possible) : nothing}
      ${possible ? html`<button type="button" aria-pressed=${drawn} @click=${() => {
        drawn = !drawn;
        paint();
      }}>Chart</button>` : nothing}</div>
    ${!rows.length ? html`<p class="sub">No row fits.</p>` : possible && drawn ? chart(rows, chosen(possible.x, x), chosen(possible.y, y)) : table(columns, rows)}
  </section>`;
}

/** @param {string[]} names @param {string} wanted kept from one query to the next, if that has it too */
const chosen = (names, wanted) => (names.includes(wanted) ? wanted : names[0]);

/** @param {{x: string[], y: string[]}} possible */
const choices = possible => html`
  ${axis('Over', possible.x, chosen(possible.x, x), name => (x = name))}
  ${axis('Draw', possible.y, chosen(possible.y, y), name => (y = name))}`;

/** @param {string} label @param {string[]} names @param {string} now @param {(name: string) => void} pick */
const axis = (label, names, now, pick) => html`<label class="inline"><span class="sub">${label}</span>
  <select @change=${event => {
    pick(event.target.value);
    paint();
  }}>${names.map(name => html`<option value=${name} ?selected=${name === now}>${name}</option>`)}</select></label>`;

/** @param {string[]} columns @param {Record<string, any>[]} rows */
function table(columns, rows) {
  const numbers = new Set(numeric(rows, columns));
  return html`<div class="card rows" tabindex="0" role="region" aria-label="Rows"><table>
    <thead><tr>${columns.map(name => html`<th scope="col" class=${numbers.has(name) ? 'num' : ''}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${columns.map(name => html`<td class=${numbers.has(name) ? 'num' : ''}>${cell(row[name])}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** @param {any} value */
const cell = value => (value === null ? html`<span class="sub">–</span>` : typeof value === 'number' ? exact(value) : String(value));
