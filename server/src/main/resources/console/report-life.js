// @ts-check
// What is known of one report, kept fresh as long as somebody looks at it.

import {call, gather, own, records} from './api.js';
import {forget, freshen} from './proof.js';
import {all, remember} from './reports-list.js';
import {now} from './time.js';
import {paint} from './view.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Between two looks, in milliseconds. */
const REST = 3000;
/** More of a history than this many parts of 100 events is not read at once. */
const HISTORY = 20;

/**
 * @typedef {import('./timeline.js').Slot} Slot
 * @typedef {import('./api.js').How} How
 * @typedef {object} Life
 * @property {string} id
 * @property {any} row as the list has it; null once it is deleted
 * @property {any} whole as the public calls have it
 * @property {any[]} slots oldest first
 * @property {any[]} events oldest first
 * @property {string[]} next slots to come
 * @property {string} more where the slots after these are
 * @property {number} days for how many days slots are shown; 0 for all, -1 for so long that some forty fit
 * @property {number} parts how many parts of the ledger are shown
 * @property {boolean} waiting for more slots
 * @property {string} seen what the rest was read for; nothing if it is to be read anew
 * @property {number} round of the newest read; an older one that ends later writes nothing
 * @property {any} fault
 * @property {AbortSignal} signal told when nobody looks any longer
 */

/** @param {string} id @param {number} days @param {AbortSignal} signal @returns {Life} */
export const makeLife = (id, days, signal) => ({
  id, days, signal, row: all().get(id), whole: null, slots: [], events: [], next: [], more: '', parts: 1, waiting: false, seen: '', round: 0, fault: null,
});

/**
 * Looks at it again and again until the signal comes.
 * @param {Life} life @param {(how: How) => Promise<void> | undefined} also what else is read each time
 * @returns {(quiet?: boolean) => void} looks at once
 */
export function follow(life, also) {
  const {signal} = life;
  let timer = 0;
  async function look(quiet = false) {
    clearTimeout(timer);
    if (!document.hidden || !life.whole) {
      try {
        await read(life, {quiet, signal});
        await also({quiet, signal});
        life.fault = null;
      } catch (error) {
        life.fault = error;
      }
      if (signal.aborted) return;
      paint();
    }
    clearTimeout(timer); // Another look may have ended meanwhile.
    timer = setTimeout(look, REST, true);
  }
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    forget();
  });
  look();
  return look;
}

/** What can hardly have changed is fetched again each minute only: until then a report that stands still costs one call. @param {Life} life @param {How} how */
async function read(life, how) {
  const {id} = life;
  const row = (await own('GET', 'reports?reportId=' + encodeURIComponent(id), undefined, how)).reports[0];
  if (!row) {
    life.row = null;
    life.whole = null;
    return readHistory(life, how);
  }
  life.row = row;
  remember(row);
  const mark = markOf(life);
  if (mark === life.seen) return;
  const round = ++life.round;
  const [, whole] = await Promise.all([readHistory(life, how), readRest(life, round, how)]);
  if (whole) life.seen = mark;
}

/** Slots are missed, and some of what others change is in no row, without a change of the row. @param {Life} life */
function markOf({row, next, days}) {
  const due = next.length > 0 && Date.parse(next[0]) <= now();
  return JSON.stringify(row) + days + due + Math.floor(now() / MINUTE);
}

/** @param {Life} life @param {number} round @param {How} how @returns {Promise<boolean>} whether nothing newer came meanwhile */
async function readRest(life, round, how) {
  const {id, row, parts} = life;
  const from = since(life);
  const [definition, ledger, soon] = await Promise.all([
    call('GET', row.program, 'ScheduledReport?reportId=' + id, undefined, how),
    gather(`reports/${id}/slots` + (from ? '?from=' + from : ''), 'slots', parts, how),
    own('GET', `reports/${id}/next?count=10`, undefined, how),
  ]);
  if (round !== life.round || parts !== life.parts) return false;
  life.whole = records(definition)[0] ?? null;
  life.slots = ledger.found;
  life.more = ledger.more;
  life.next = soon.next;
  freshen();
  return true;
}

/** Only what is new: events neither change nor go. @param {Life} life @param {How} how */
async function readHistory(life, how) {
  const known = life.events;
  const {found} = await gather(`reports/${life.id}/history?skip=${known.length}`, 'events', HISTORY, how);
  if (found.length && life.events === known) life.events = [...known, ...found];
}

/** The day since when slots are shown. @param {Life} life */
function since({days, row}) {
  if (!days) return '';
  const back = days > 0 ? days : Math.max(2, Math.ceil(((row.interval ?? 24) * 60) / 24));
  return new Date(Math.max(0, now() - back * DAY)).toISOString().slice(0, 10);
}

/** The ledger is read from its old end; what lies further on has a path. @param {Life} life */
export async function showMore(life) {
  life.waiting = true;
  paint();
  try {
    const path = life.more;
    const {found, more} = await gather(path, 'slots', 1, {signal: life.signal});
    life.parts++;
    if (path === life.more) {
      life.slots = [...life.slots, ...found];
      life.more = more;
    } else {
      life.seen = ''; // The ledger was read anew meanwhile, without this part.
    }
  } catch (error) {
    life.fault = error;
  }
  life.waiting = false;
  if (!life.signal.aborted) paint();
}
