// @ts-check
// The frame around all pages: who is signed in, where one can go, what time it is.

import {html, nothing, render} from 'lit-html';
import {own, watchBusy} from './api.js';
import {icon, mark} from './icons.js';
import {listen} from './keys.js';
import {preload} from './later.js';
import {service} from './service.js';
import {resume, role, session, signOut} from './session.js';
import {realNow, span, stand, utc} from './time.js';
import {dialogView, drawWith, newsView, open, paint, showDialog} from './view.js';
import {PAGES} from './pages.js';

/**
 * A page that is open.
 * @typedef {object} Page
 * @property {string} title
 * @property {() => unknown} view
 * @property {() => [string, string, (event: KeyboardEvent) => void][]} [keys] each with what it does
 * @property {[string, string][]} [inEditor] what keys do in its editor, which listens to them itself
 * @property {(query: URLSearchParams) => void} [turn] the same page with another query
 * @property {() => void} [close]
 * @property {() => void} [drawn]
 */

const root = /** @type {HTMLElement} */ (document.getElementById('console'));
/** @type {Page | null} */
let page = null;
let place = '';
/** @type {string | null} where the test clock stands */
let clock = null;
let ready = false;
/** @type {typeof import('./sign-in.js') | null} fetched for who is not signed in */
let signIn = null;
/** So long after the first page was opened the others' modules are fetched, in milliseconds: it has what it shows by then. */
const REST = 1000;

// ---- where to go

/** The page and its query that the address names, such as `#/reports?state=paused`. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/').map(decoded);
  const known = PAGES.find(entry => entry.name === name) ?? PAGES[0];
  return {entry: known, id: rest.join('/'), query: new URLSearchParams(query ?? '')};
}

/** @param {string} part of an address; one that somebody has cut short stays as it is */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function go() {
  if (!session()) return paint();
  const {entry, id, query} = route();
  const to = entry.name + '/' + id;
  if (page && to === place) {
    page.turn?.(query);
    return paint();
  }
  page?.close?.();
  const moved = place !== '';
  place = to;
  page = entry.open(id, query);
  scrollTo(0, 0);
  paint();
  // Who goes somewhere by key or by link hears where that is.
  if (moved) queueMicrotask(() => document.getElementById('main')?.focus({preventScroll: true}));
}

// ---- what it looks like

const nav = () => html`
  <nav class="side" aria-label="Main">
    ${PAGES.filter(entry => entry.key).map(entry => html`
      <a href="#/${entry.name}" aria-current=${route().entry === entry || route().entry.under === entry.name ? 'page' : nothing}>
        <span>${entry.label}</span><kbd>g ${entry.key}</kbd></a>`)}
  </nav>`;

const banner = () =>
  clock
    ? html`<a class="banner" href="#/clock" title="Reports go by this time; it stands still until it is moved">
        ${icon('pending')}<span><span class="wide-only">Test clock </span><strong><span class="wide-only">${utc(clock)}</span><span class="narrow-only">${utc(clock).slice(5, 16)}</span> UTC</strong>
        <span class="wide-only sub">${Math.abs(Date.parse(clock) - realNow()) > 60_000 ? drift() : 'stands still'}</span></span></a>`
    : nothing;

function drift() {
  const off = Date.parse(/** @type {string} */ (clock)) - realNow();
  return span(off) + (off > 0 ? ' ahead of' : ' behind') + ' real time';
}

const header = () => html`
  <header class="top">
    <a class="skip" href="#main" @click=${event => {
      event.preventDefault();
      document.getElementById('main')?.focus();
    }}>Skip to the page</a>
    <a class="brand" href="#/reports" aria-label="Reprise">${mark}<strong>Reprise</strong></a>
    <span class="grow"></span>
    ${banner()}
    <button class="quiet" type="button" aria-label="Search" @click=${toSearch}>${icon('search')}<span class="wide-only">Search</span> <kbd>/</kbd></button>
    <button class="quiet square" type="button" aria-label="Colours: ${theme()}" title="Colours: ${theme()}" @click=${nextTheme}>${icon('theme')}</button>
    <button class="quiet help" type="button" aria-label="Keyboard shortcuts" @click=${help}><kbd>?</kbd></button>
    <span class="who"><strong>${session()?.user}</strong> <span class="sub wide-only">${[role(), session()?.tenant].filter(Boolean).join(' · ')}</span></span>
    <button class="quiet" type="button" @click=${leave}>Sign out</button>
  </header>`;

function draw() {
  if (!ready) return;
  if (!session()) {
    document.title = 'Sign in · Reprise';
    render(html`${signIn?.signInView(enter)}${newsView()}${dialogView()}`, root);
  } else {
    document.title = (page?.title ?? 'Console') + ' · Reprise';
    render(
      html`<div class="frame">${header()}${nav()}<main id="main" tabindex="-1">${page?.view()}</main></div>
        <div class="progress" hidden></div>${newsView()}${dialogView()}`,
      root,
    );
    page?.drawn?.();
  }
  showDialog();
}

// ---- colours

const THEMES = ['as the system', 'light', 'dark'];

const theme = () => {
  const kept = localStorage.getItem('reprise.colours') ?? '';
  return THEMES.includes(kept) ? kept : THEMES[0];
};

function nextTheme() {
  localStorage.setItem('reprise.colours', THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  colour();
  paint();
}

function colour() {
  const chosen = theme();
  document.documentElement.style.colorScheme = chosen === THEMES[0] ? '' : chosen;
}

// ---- keys

function toSearch() {
  const here = /** @type {HTMLInputElement | null} */ (document.querySelector('main input[type=search]'));
  if (here) {
    here.focus();
    here.select();
  } else {
    location.hash = '#/reports';
    setTimeout(() => /** @type {HTMLInputElement | null} */ (document.querySelector('main input[type=search]'))?.focus());
  }
}

/** @returns {[string, string, (event: KeyboardEvent) => void][]} */
const everywhere = () => [
  ...PAGES.filter(entry => entry.key).map(
    entry => /** @type {[string, string, () => void]} */ (['g ' + entry.key, entry.label, () => (location.hash = '#/' + entry.name)]),
  ),
  ['/', 'Search', toSearch],
  ['?', 'This help', help],
];

function help() {
  const rows = list => list.map(([key, what]) => html`<tr><td>${key.split(' ').map(one => html`<kbd>${one}</kbd> `)}</td><td>${what}</td></tr>`);
  open({
    title: 'Keyboard',
    body: () => html`<table class="plain"><tbody>
      ${rows(page?.inEditor ?? [])} ${rows(page?.keys?.() ?? [])} ${rows(everywhere())}
      <tr><td><kbd>Esc</kbd></td><td>Close what is open</td></tr>
    </tbody></table><p class="sub">Off while you type, but for those of an editor. What a key does can be done without it.</p>`,
  });
}

// ---- who is there

function enter() {
  place = '';
  page = null;
  if (service.testClock) tick();
  go();
  setTimeout(preload, REST, service.soon);
}

/** Shows the first page to who was here before, and to others how to sign in. */
async function begin() {
  const failed = await resume().catch(error => error);
  if (!session()) signIn = await import('./sign-in.js');
  if (failed instanceof Error) signIn?.signInFailed(failed);
  ready = true;
  root.textContent = ''; // What the file itself shows until then.
  if (session()) enter();
  else paint();
}

/** Said in the place of what the file itself shows. @param {Error} error */
function notLoaded(error) {
  const said = document.querySelector('main p');
  if (said) said.textContent = `The console could not be loaded: ${error.message}. Reload the page to try again.`;
}

/** What was fetched for one user is nothing for the next: the page begins anew. */
function leave() {
  signOut();
  history.replaceState(null, '', '#');
  location.reload();
}

async function tick() {
  if (!session() || document.hidden) return;
  try {
    clock = (await own('GET', 'clock', undefined, {quiet: true})).now;
    stand(/** @type {string} */ (clock));
  } catch {
    clock = null; // The page itself says what is wrong.
  }
  paint();
}

watchBusy(busy => {
  const line = /** @type {HTMLElement | null} */ (document.querySelector('.progress'));
  if (line) line.hidden = busy === 0;
});
drawWith(draw);
colour();
listen(() => {
  if (!session()) return {};
  return Object.fromEntries([...everywhere(), ...(page?.keys?.() ?? [])].map(([key, , run]) => [key, run]));
});
addEventListener('hashchange', go);
addEventListener('pageshow', event => event.persisted && location.reload()); // Who goes back from the issuer.
addEventListener('reprise:clock', tick);
setInterval(() => (service.testClock ? tick() : paint()), service.testClock ? 5000 : 30_000);
begin().catch(notLoaded);
