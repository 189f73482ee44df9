// @ts-check
// What is on the screen beside the page: one dialog, one line of news, and the order to draw anew.

import {html, nothing} from 'lit-html';
import {Refusal} from './api.js';
import {icon} from './icons.js';
import {session} from './session.js';

/** @type {() => void} */
let draw = () => {};
let asked = false;

/** @param {() => void} how */
export function drawWith(how) {
  draw = how;
}

/** Draws what has changed, once, however often it is asked for until then. */
export function paint() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    draw();
  });
}

/** @typedef {{title: string, body: () => unknown, wide?: boolean, closed?: () => void}} Dialog */
/** @type {Dialog | null} */
let dialog = null;

/**
 * @param {Dialog} content shown above everything, until it is closed
 * @returns {() => boolean} closes it, but no other, and says whether it was still open
 */
export function open(content) {
  dialog = content;
  paint();
  return () => {
    if (dialog !== content) return false;
    close();
    return true;
  };
}

export function close() {
  const closed = dialog?.closed;
  dialog = null;
  document.querySelector('dialog')?.close();
  closed?.();
  paint();
}

/** The dialog; there is always one, so that its element and the focus before it stay. */
export const dialogView = () => html`
  <dialog class=${dialog?.wide ? 'wide' : ''} aria-labelledby="dialog-title" @close=${() => dialog && close()}>
    ${dialog
      ? html`<div class="bar"><h2 id="dialog-title" tabindex="-1">${dialog.title}</h2><span class="grow"></span>
            <button class="quiet square" type="button" aria-label="Close" @click=${close}>${icon('close')}</button></div>
          ${dialog.body()}`
      : html`<h2 id="dialog-title" hidden>Nothing</h2>`}
  </dialog>`;

/** To be called when all is drawn: a dialog is modal only once its element is told so. */
export function showDialog() {
  const element = document.querySelector('dialog');
  if (dialog && element && !element.open) element.showModal();
}

/** @typedef {{text: string, bad?: boolean, label?: string, act?: () => void, details?: string[]}} News */
/** @type {News | null} */
let news = null;
let until = 0;

/**
 * Says in one line what has come of something; read out by screen readers.
 * @param {string} text
 * @param {{bad?: boolean, label?: string, act?: () => void, details?: string[]}} [more] details are lines of their own
 */
export function say(text, more = {}) {
  news = {text, ...more};
  const shown = news;
  clearTimeout(until);
  if (!more.bad && !more.details?.length) {
    until = setTimeout(() => {
      if (news === shown) news = null;
      paint();
    }, 12_000);
  }
  paint();
}

export const newsView = () => html`
  <div class="news ${news ? 'on' : ''} ${news?.bad ? 'bad' : ''}" role="status" aria-live="polite">
    ${news
      ? html`<div class="grow"><strong>${news.text}</strong>${(news.details ?? []).map(line => html`<div>${line}</div>`)}</div>
          ${news.label
            ? html`<button type="button" @click=${() => {
                const act = news?.act;
                news = null;
                act?.();
                paint();
              }}>${news.label}</button>`
            : nothing}
          <button class="quiet square" type="button" aria-label="Dismiss" @click=${() => {
            news = null;
            paint();
          }}>${icon('close')}</button>`
      : nothing}
  </div>`;

/** Says why something did not work, where there is no better place for it. @param {any} error @param {string} what */
export function sayWhy(error, what) {
  const id = error instanceof Refusal && error.request ? ' (request ' + error.request + ')' : '';
  say(`${what}: ${error.message}${id}`, {bad: true, ...(isSignedOut(error) ? {label: AGAIN, act: signInAgain} : {})});
}

/** Whether the service takes the token no longer. @param {any} error */
const isSignedOut = error => error instanceof Refusal && error.status === 401 && session() !== null;

const AGAIN = 'Sign in again';

/** A page that is loaded anew signs in as before, or asks. */
const signInAgain = () => location.reload();

/** A refusal in its place, with what is needed to ask about it. @param {any} error @param {() => void} [again] */
export const refused = (error, again) =>
  error
    ? html`<div class="refused" role="alert">
        <span class="st bad">${icon('failing')}</span>
        <div class="grow">
          <div>${error.message}</div>
          ${error.code || error.request
            ? html`<div class="sub mono">${[error.code, error.request && 'request ' + error.request].filter(Boolean).join(' · ')}</div>`
            : nothing}
        </div>
        ${error.request ? copyButton(`${error.message} (request ${error.request})`, 'Copy the message') : nothing}
        ${isSignedOut(error) ? html`<button type="button" @click=${signInAgain}>${AGAIN}</button>` : again ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
      </div>`
    : nothing;

/** A button that copies a text and says so. @param {string} text @param {string} label */
export const copyButton = (text, label) => html`
  <button class="quiet square" type="button" aria-label=${label} title=${label}
    @click=${async () => {
      try {
        await navigator.clipboard.writeText(text);
        say('Copied');
      } catch (error) {
        sayWhy(error, 'Not copied');
      }
    }}>${icon('copy')}</button>`;

/** What a page shows when it has nothing: why, and what to do next. @param {string} title @param {unknown} text @param {unknown} [action] */
export const empty = (title, text, action) => html`
  <div class="empty"><h2>${title}</h2><p>${text}</p>${action ?? nothing}</div>`;
