// @ts-check
// The slot ledger as a picture: every slot is drawn, also those that did not run, and each says why.

import {html, nothing, svg} from 'lit-html';
import {number} from './text.js';
import {span, utc} from './time.js';

/** How wide a slot is: wider where there are few. @param {number} total */
const step = total => (total < 40 ? 20 : 12);
const HIGH = 64;
/** Above the bars there is room to say who paused. */
const BASE = 100;
/** A longer range of slots that share an outcome is one block. */
const BLOCK = 10;
const BLOCK_WIDE = 108;

/**
 * @typedef {{first: string, last: string, count: number, outcome: string, reason: string | null, executionId: string | null}} Slot
 * @typedef {{from: number, to: number, by: string, reason: string | null}} Pause
 * @typedef {{from: number, to: number, first: number, last: number}} Place where a slot or a block of them is drawn, and its times
 */

/** @param {any[]} events of the history @returns {Pause[]} from when to when it was paused */
export function pauses(events, now) {
  const found = [];
  let open = null;
  for (const event of events) {
    if (event.what === 'pause' || event.what === 'automaticPause') {
      open = {from: Date.parse(event.at), to: now, by: event.who, reason: event.reason};
      found.push(open);
    } else if (open && ['resume', 'timedResume', 'end', 'delete'].includes(event.what)) {
      open.to = Date.parse(event.at);
      open = null;
    }
  }
  return found;
}

/**
 * @param {Slot[]} slots oldest first
 * @param {Pause[]} paused
 * @param {(executionId: string) => number | undefined} rows of the file of an execution, where known
 * @param {string[]} next the slots to come
 */
export function timeline(slots, paused, rows, next) {
  const total = slots.reduce((sum, slot) => sum + Math.min(slot.count, BLOCK), 0);
  const apart = step(total);
  const most = Math.max(1, ...slots.map(slot => (slot.executionId && rows(slot.executionId)) || 0));
  let x = 8;
  const drawn = [];
  /** @type {Place[]} */
  const places = [];
  for (const slot of slots) {
    const together = slot.count > BLOCK;
    const wide = together ? BLOCK_WIDE : slot.count * apart;
    places.push({from: x, to: x + wide, first: Date.parse(slot.first), last: Date.parse(slot.last)});
    if (together) drawn.push(block(slot, x));
    else for (let i = 0; i < slot.count; i++) drawn.push(one(slot, i, x + i * apart, apart - 4, most, rows));
    x += wide;
  }
  const now = x + 4;
  x += 10;
  for (const slot of next) {
    drawn.push(svg`<g class="soon"><title>${utc(slot)} UTC · to come</title><circle cx=${x + 4} cy=${BASE - 4} r="2.5"/></g>`);
    x += apart;
  }
  const width = Math.max(x + 8, 80); // A day's name has to fit.
  return html`<div class="timeline" tabindex="0" role="group" aria-label="Timeline of ${number(slots.reduce((sum, slot) => sum + slot.count, 0))} slots, oldest first; the table below says the same">
    <svg width=${width} height="126" viewBox=${`0 0 ${width} 126`} aria-hidden="true">
      ${patterns} ${paused.map(pause => band(pause, places, now))}
      <path class="axis" d=${`M0 ${BASE + .5}H${width}`}/>
      ${drawn} ${days(places)}
      <path class="now" d=${`M${now} 14V${BASE + 6}`}/><text class="now-text" x=${now} y="10" text-anchor="middle">now</text>
    </svg>
  </div>`;
}

const patterns = svg`<defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"/></pattern>
</defs>`;

const WORDS = {completed: 'completed', failed: 'failed', running: 'running', pending: 'waits', skipped: 'skipped', merged: 'merged'};

const title = (slot, at, more = '') => svg`<title>${utc(at)} UTC · ${WORDS[slot.outcome]}${slot.reason ? ', ' + slot.reason : ''}${more}</title>`;

/** @param {Slot} slot @param {number} index @param {number} x @param {number} wide @param {number} most @param {(executionId: string) => number | undefined} rows */
function one(slot, index, x, wide, most, rows) {
  const between = slot.count > 1 ? (Date.parse(slot.last) - Date.parse(slot.first)) / (slot.count - 1) : 0;
  const at = new Date(Date.parse(slot.first) + index * between).toISOString();
  if (slot.outcome === 'completed') {
    const found = rows(slot.executionId ?? '');
    const height = found === undefined ? HIGH * 0.6 : 4 + ((HIGH - 4) * found) / most;
    return svg`<g>${title(slot, at, found === undefined ? '' : `, ${number(found)} rows`)}<rect class=${found === undefined ? 'ok unknown' : 'ok'} x=${x} y=${BASE - height} width=${wide} height=${height} rx="1.5"/></g>`;
  }
  if (slot.outcome === 'failed') {
    return svg`<g>${title(slot, at)}<rect class="bad" x=${x} y=${BASE - HIGH} width=${wide} height=${HIGH} rx="1.5"/><path class="cross" d=${`m${x + wide / 2 - 2.5} ${BASE - HIGH - 9} 5 5m0-5-5 5`}/></g>`;
  }
  if (slot.outcome === 'running' || slot.outcome === 'pending') {
    return svg`<g>${title(slot, at)}<rect class=${slot.outcome} x=${x + .75} y=${BASE - HIGH * .6} width=${wide - 1.5} height=${HIGH * .6} rx="1.5"/></g>`;
  }
  if (slot.outcome === 'merged') {
    return svg`<g>${title(slot, at)}<path class="merged" d=${`M${x + 2} ${BASE - 16}v8q0 4 4 4h2`}/></g>`;
  }
  return svg`<g>${title(slot, at)}<rect class="skipped" x=${x} y=${BASE - 14} width=${wide} height="14" rx="1.5" fill="url(#hatch)"/></g>`;
}

/** @param {Slot} slot @param {number} x */
const block = (slot, x) => svg`<g>
  <title>${utc(slot.first)} to ${utc(slot.last)} UTC · ${number(slot.count)} ${WORDS[slot.outcome]}${slot.reason ? ', ' + slot.reason : ''}</title>
  <rect class=${slot.outcome} x=${x} y=${BASE - 24} width=${BLOCK_WIDE - 4} height="24" rx="2" fill="url(#hatch)"/>
  <rect class="plate" x=${x + 14} y=${BASE - 20} width=${BLOCK_WIDE - 32} height="16" rx="3"/>
  <text x=${x + BLOCK_WIDE / 2 - 2} y=${BASE - 8} text-anchor="middle">${number(slot.count)} ${slot.outcome}</text></g>`;

/** A paused span: from the first slot it covers to the last, or a mark where it lies between two. @param {Pause} pause @param {Place[]} places @param {number} now */
function band(pause, places, now) {
  const inside = places.filter(place => place.last >= pause.from && place.first < pause.to);
  const before = places.filter(place => place.last < pause.from).at(-1);
  const from = inside.length ? inside[0].from - 3 : (before?.to ?? 4) - 3;
  const to = inside.length ? inside[inside.length - 1].to - 1 : from + 4;
  const label = `paused by ${pause.by}${pause.reason ? ': ' + pause.reason : ''}`;
  const room = Math.floor((to - from - 10) / 6.3);
  return svg`<g><title>${label}, ${span(pause.to - pause.from)} from ${utc(pause.from)} UTC</title>
    <rect class="paused" x=${from} y="14" width=${Math.max(3, Math.min(to, now) - from)} height=${BASE - 14}/>
    <path class="paused-edge" d=${`M${from} 14V${BASE}`}/>
    ${room > 5 ? svg`<text class="paused-text" x=${from + 5} y="25">${label.length > room ? label.slice(0, room - 1) + '…' : label}</text>` : nothing}</g>`;
}

/** The days below, as many as there is room for. @param {Place[]} places */
function days(places) {
  const marks = [];
  let free = 0;
  let day = '';
  let year = '';
  for (const place of places) {
    const text = new Date(place.first).toISOString();
    if (text.slice(0, 10) !== day && place.from >= free) {
      day = text.slice(0, 10);
      marks.push(svg`<path class="tick" d=${`M${place.from + 4} ${BASE}v5`}/><text class="day" x=${place.from} y=${BASE + 18}>${text.slice(0, 4) === year ? day.slice(5) : day}</text>`);
      year = text.slice(0, 4);
      free = place.from + 64;
    }
  }
  return marks;
}
