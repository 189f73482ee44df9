// @ts-check
// What is recorded of executions, fetched when it is looked at and kept once it cannot change.

import {bytes, call, own, records} from './api.js';
import {utc} from './time.js';
import {paint, say, sayWhy} from './view.js';

/** @typedef {{executionId: string, reportId: string, slot: string, status: string, attempts: number, startedAt: string | null,
 *   endedAt: string | null, mergedFrom: string | null, windowFrom: string | null, windowTo: string | null, rows: number | null,
 *   bytes: number | null, sha256: string | null, complete: boolean, removedAt: string | null, error: string | null}} Proof
 *   removedAt says since when the file is no longer kept */

/** @type {Map<string, Proof>} */
const kept = new Map();
const wanted = new Set();
/** What was refused is asked for again after a rest, in milliseconds. */
const REST = 5000;
const refused = new Map();
let working = 0;
/** Of executions whose file was fetched and hashed here: whether it was as recorded. */
export const checked = new Map();

/** @param {string | null} id @returns {Proof | undefined} what is known by now; the rest comes */
export function proof(id) {
  if (id && !kept.has(id) && !wanted.has(id) && !(performance.now() < (refused.get(id) ?? 0))) {
    wanted.add(id);
    queueMicrotask(work);
  }
  return id ? kept.get(id) : undefined;
}

/** Executions that have not ended are asked about anew. */
export function freshen() {
  for (const [id, one] of kept) if (one.status !== 'Completed' && one.status !== 'Failed') kept.delete(id);
}

/** Nobody looks at them any longer: what has not been asked for is not. */
export const forget = () => wanted.forEach(id => underWay.has(id) || wanted.delete(id));

async function work() {
  while (working < 4 && wanted.size) {
    const id = [...wanted].find(one => !kept.has(one) && !underWay.has(one));
    if (!id) return;
    underWay.add(id);
    working++;
    own('GET', 'executions/' + id, undefined, {quiet: true})
      .then(found => kept.set(id, found))
      .catch(() => refused.set(id, performance.now() + REST)) // It has gone with its report, or another has its slot; the ledger says so soon.
      .finally(() => {
        wanted.delete(id);
        underWay.delete(id);
        working--;
        paint();
        work();
      });
  }
}
const underWay = new Set();

/**
 * A freshly signed link to the file of an execution. Files are removed by age and size, so that what is known of it is asked
 * for anew: a link to one that is gone is no use.
 * @param {string} program @param {string} report @param {string} execution @returns {Promise<string>}
 */
async function link(program, report, execution) {
  const [answer, found] = await Promise.all([
    call('GET', program, `ScheduledReport/execution/${report}?executionId=${execution}&getLatestExecution=false`),
    own('GET', 'executions/' + execution),
  ]);
  kept.set(execution, found);
  if (found.removedAt) throw new Error(`The file was removed at ${utc(found.removedAt)} UTC`);
  return records(answer)[0].reportAccessSecureLink;
}

/** @param {string} program @param {string} report @param {string} execution */
export async function download(program, report, execution) {
  try {
    const anchor = document.createElement('a');
    anchor.href = await link(program, report, execution);
    anchor.download = '';
    anchor.click();
  } catch (error) {
    sayWhy(error, 'Not downloaded');
  }
}

/** @param {string} program @param {string} report @param {string} execution */
export async function copyLink(program, report, execution) {
  try {
    await navigator.clipboard.writeText(await link(program, report, execution));
    say('Link copied. It needs no token, and stops working after a while.');
  } catch (error) {
    sayWhy(error, 'Not copied');
  }
}

/** Fetches the file and holds it against its proof. @param {string} program @param {string} report @param {string} execution */
export async function check(program, report, execution) {
  try {
    const file = await bytes(await link(program, report, execution));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
    const hex = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
    const recorded = kept.get(execution);
    const same = recorded?.sha256 === hex && recorded?.bytes === file.byteLength;
    checked.set(execution, same);
    say(same ? 'The file is as recorded: same bytes, same SHA-256' : 'The file differs from what is recorded of it', {bad: !same});
  } catch (error) {
    if (error.status === 410) kept.delete(execution); // Removed a moment ago: its proof says so now.
    sayWhy(error, 'Not checked');
  }
}
