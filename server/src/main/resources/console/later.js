// @ts-check
// Pages whose modules are fetched when one of them is opened first, all at once.

import {html} from 'lit-html';
import {paint, refused} from './view.js';

/** @typedef {import('./app.js').Page} Page */
/** @typedef {(id: string, query: URLSearchParams) => Page} Open */

/** @param {string} title @param {string[][]} modules their paths, in groups @param {() => Promise<Open>} load @returns {Open} */
export function later(title, modules, load) {
  /** @type {Open | null} */
  let known = null;
  return (id, query) => known?.(id, query) ?? opening(id, query);

  /** @param {string} id @param {URLSearchParams} query @returns {Page} */
  function opening(id, query) {
    modules.forEach(preload);
    const fetched = load().then(open => (known = open));
    return until(title, fetched, id, query);
  }
}

/** Stands in for a page until it is there. @param {string} title @param {Promise<Open>} fetched @param {string} id @param {URLSearchParams} query @returns {Page} */
function until(title, fetched, id, query) {
  /** @type {Page | null} */
  let page = null;
  let asked = query;
  let closed = false;
  /** @type {any} */
  let fault = null;
  fetched.then(
    open => {
      if (!closed) page = open(id, asked);
      paint();
    },
    error => {
      fault = error;
      paint();
    },
  );
  return {
    get title() {
      return page?.title ?? title;
    },
    view: () => (page ? page.view() : fault ? refused(fault) : html`<p class="sub">Loading…</p>`),
    keys: () => page?.keys?.() ?? [],
    turn(next) {
      asked = next;
      page?.turn?.(next);
    },
    get inEditor() {
      return page?.inEditor;
    },
    drawn: () => page?.drawn?.(),
    close() {
      closed = true;
      page?.close?.();
    },
  };
}

/** Without it each module would be found only once the one before has been read. @param {string[]} paths which are emptied: once is enough */
export function preload(paths) {
  for (const path of paths.splice(0)) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = path;
    document.head.append(link);
  }
}
