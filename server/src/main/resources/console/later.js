// @ts-check
// Pages whose modules are fetched when one of them is opened first, all at once.

import {html} from 'lit-html';
import {service} from './service.js';
import {paint, refused} from './view.js';

/** @typedef {import('./app.js').Page} Page */
/** @typedef {(id: string, query: URLSearchParams) => Page} Open */

/** @param {string} title @param {() => Promise<Open>} load @returns {Open} */
export const later = (title, load) => (id, query) => {
  /** @type {Page | null} */
  let page = null;
  let asked = query;
  let closed = false;
  /** @type {any} */
  let fault = null;
  preload();
  load().then(
    openPage => {
      if (!closed) page = openPage(id, asked);
      paint();
    },
    error => {
      fault = error;
      paint();
    },
  );
  return {
    title,
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
};

/** Without it each module would be found only once the one before has been read. */
function preload() {
  for (const path of service.later.splice(0)) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = path;
    document.head.append(link);
  }
}
