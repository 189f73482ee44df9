// @ts-check
// Single keys, off while somebody types. What a key does can be done without it.

/** @typedef {Record<string, (event: KeyboardEvent) => void>} Keys by key, such as `j`, or by two, such as `g r` */

let first = '';
let since = 0;

/** @param {() => Keys} keys those that count at the moment */
export function listen(keys) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event) || pressing(event)) return;
    if (event.repeat && !HELD.has(event.key)) return;
    if (document.querySelector('dialog[open]')) return;
    const known = keys();
    const second = first && event.timeStamp - since < 1500 ? first + ' ' + event.key : '';
    first = '';
    const run = known[second] ?? known[event.key];
    if (run) {
      event.preventDefault();
      run(event);
    } else if (Object.keys(known).some(key => key.startsWith(event.key + ' '))) {
      first = event.key;
      since = event.timeStamp;
    }
  });
}

/** Keys that do the same again as long as they are held. */
const HELD = new Set(['j', 'k']);

/** Whether it presses what has the focus: a link or a button does what it says, on every page. @param {KeyboardEvent} event */
function pressing(event) {
  const at = event.composedPath()[0];
  return event.key === 'Enter' && at instanceof Element && at.closest('a, button, summary, input, select') !== null;
}

/** @param {KeyboardEvent} event */
function typing(event) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return true;
  return at instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(at.type);
}
