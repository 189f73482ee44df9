// @ts-check
// The time by which reports go: the test clock's, or the service's own.

import {html} from 'lit-html';

let offset = 0;
let noted = false;
/** @type {number | null} where the test clock stands */
let stands = null;

/** @param {string | null} date the header of an answer */
export function noteTime(date) {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return;
  const ahead = at - Date.now();
  // The header is cut to seconds: only what is further off is a clock that differs.
  if (!noted || Math.abs(ahead - offset) > 2000) offset = Math.abs(ahead) < 2000 ? 0 : ahead;
  noted = true;
}

/** @param {string} iso */
export function stand(iso) {
  stands = Date.parse(iso);
}

export const now = () => stands ?? Date.now() + offset;
export const realNow = () => Date.now() + offset;

const HOUR = 3600_000;

/** Such as `2026-11-20 01:00`; seconds only where there are any. @param {string | number} at */
export function utc(at) {
  const iso = new Date(at).toISOString();
  const seconds = iso.slice(17, 19);
  return iso.slice(0, 10) + ' ' + iso.slice(11, 16) + (seconds === '00' ? '' : ':' + seconds);
}

/** The same without the year, where it is clear. @param {string} at */
const brief = at => (Math.abs(Date.parse(at) - now()) < 300 * 24 * HOUR ? utc(at).slice(5) : utc(at));

/** One number and unit, such as `4 d`; two where one says little: `2 h 07 min`. @param {number} millis */
function about(millis) {
  const hours = Math.abs(millis) / HOUR;
  if (hours < 6) return span(millis);
  return hours < 48 ? Math.round(hours) + ' h' : span(Math.round(hours / 24) * 24 * HOUR);
}

/** Such as `4 d 6 h` or `2 h 07 min`. @param {number} millis */
export function span(millis) {
  const minutes = Math.round(Math.abs(millis) / 60_000);
  if (minutes < 1) return Math.round(Math.abs(millis) / 1000) + ' s';
  if (minutes < 60) return minutes + ' min';
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours + ' h' + (minutes % 60 ? ' ' + String(minutes % 60).padStart(2, '0') + ' min' : '');
  const days = Math.floor(hours / 24);
  if (days < 10 && hours % 24) return days + ' d ' + (hours % 24) + ' h';
  return days < 730 ? days + ' d' : Math.round(days / 365) + ' y';
}

/** Such as `in 2 h 07 min`, `3 d ago`, `now`. @param {string} at */
export function relative(at) {
  const ahead = Date.parse(at) - now();
  if (Math.abs(ahead) < 1000) return 'now';
  return ahead > 0 ? 'in ' + about(ahead) : about(ahead) + ' ago';
}

/** A time with how far it is off, both for people and for programs. @param {string | null | undefined} at */
export const when = at =>
  at
    ? html`<time datetime=${at} title=${utc(at) + ' UTC'}>${brief(at)} <span class="sub">${relative(at)}</span></time>`
    : html`<span class="sub">–</span>`;

/** The same without how far it is off. @param {string} at */
export const instant = at => html`<time datetime=${at} title=${relative(at)}>${utc(at)}<span class="sub"> UTC</span></time>`;

/** Such as `every 6 h` or `every 2 days`. @param {number | null | undefined} hours */
export function recurrence(hours) {
  if (!hours) return 'once';
  if (hours % 168 === 0) return hours === 168 ? 'every week' : `every ${hours / 168} weeks`;
  if (hours % 24 === 0) return hours === 24 ? 'every day' : `every ${hours / 24} days`;
  return `every ${hours} h`;
}

/** What a field of a form says as the calls want it: `2026-11-20 01:00` in UTC. @param {string} text */
export function fromField(text) {
  const cut = text.trim().replace(' ', 'T').replace(/Z$/, '');
  const at = Date.parse((cut.length === 10 ? cut + 'T00:00' : cut) + 'Z');
  return Number.isNaN(at) ? text.trim() : new Date(at).toISOString().replace('.000', '');
}

/** The other way round, for `<input type="datetime-local">`. @param {string | null | undefined} at */
export const toField = at => (at ? new Date(at).toISOString().slice(0, 16) : '');

/** The next full hour that is so many hours off. @param {number} hours */
export const ahead = hours => new Date(Math.ceil((now() + hours * HOUR) / HOUR) * HOUR).toISOString().replace('.000', '');
