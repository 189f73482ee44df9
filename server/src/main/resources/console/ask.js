// @ts-check
// What asks before it does something: its modules are fetched when one is opened first.

import {sayWhy} from './view.js';

/** Who has gone elsewhere meanwhile is not asked any more. @template T @param {Promise<T>} module @param {(module: T) => void} open */
async function openWhenThere(module, open) {
  const asked = location.hash;
  try {
    const there = await module;
    if (location.hash === asked) open(there);
  } catch (error) {
    sayWhy(error, 'Not opened, reload the page');
  }
}

/** @param {string[]} ids @param {() => void} [done] */
export const askPause = (ids, done) => openWhenThere(import('./orders.js'), orders => orders.askPause(ids, done));

/** @param {string[]} ids */
export const askResume = ids => openWhenThere(import('./orders.js'), orders => orders.askResume(ids));

/** @param {string[]} ids @param {(deleted: string[]) => void} [done] */
export const askDelete = (ids, done) => openWhenThere(import('./orders.js'), orders => orders.askDelete(ids, done));

/** @param {any} report of the list @param {() => void} done told once it is resumed */
export const askResumeOne = (report, done) => openWhenThere(import('./resume.js'), resume => resume.askResumeOne(report, done));
