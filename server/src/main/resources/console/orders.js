// @ts-check
// Orders that are asked about first: a pause with its reason, a resume of many, a deletion.

import {html} from 'lit-html';
import {CATCH_UP} from './catch-up.js';
import {choice, field, values} from './form.js';
import {all, pause, remove, resume} from './reports-list.js';
import {many} from './text.js';
import {fromField, now, toField} from './time.js';
import {close, open} from './view.js';

/** As options of a choice. */
const OPTIONS = CATCH_UP.map(([name, label, what]) => /** @type {[string, string]} */ ([name, label + ': ' + what]));

/** @param {string[]} ids */
const subject = ids => (ids.length === 1 ? all().get(ids[0])?.name ?? 'the report' : many(ids.length, 'report'));

/** Asks why, how and until when; each may be left out. @param {string[]} ids @param {() => void} [done] */
export function askPause(ids, done = () => {}) {
  const body = () => html`
    <form method="dialog" @submit=${event => {
      event.preventDefault();
      const said = values(event.target);
      close();
      pause(ids, {...said, ...(said.until ? {until: fromField(said.until)} : {catchUp: undefined})}).then(done);
    }}>
      ${field({label: 'Reason', name: 'reason', hint: 'Kept in the history, and shown wherever the report is.', length: 256, wide: true, placeholder: 'Such as: month end'})}
      <fieldset class="cast"><legend class="sr">An execution under way</legend>
        <label class="pick"><input type="radio" name="mode" value="finish" checked><span><strong>Let what runs finish</strong><small>An execution under way is delivered.</small></span></label>
        <label class="pick"><input type="radio" name="mode" value="cancel"><span><strong>Stop what runs</strong><small>Its slot is skipped, and its place in the count is free again.</small></span></label>
      </fieldset>
      <div class="fields">
        ${field({label: 'Until (UTC)', name: 'until', type: 'datetime-local', min: toField(new Date(now()).toISOString()), hint: 'Then it resumes by itself. Empty: until somebody resumes it.'})}
        ${choice({label: 'Then, missed slots', name: 'catchUp', value: 'skip', options: OPTIONS, hint: 'Counts only with a time.'})}
      </div>
      <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main">Pause</button></div>
    </form>`;
  open({title: 'Pause ' + subject(ids), body});
}

/** Of many there is no plan to show: what becomes of missed slots is asked, and each report says how it went. @param {string[]} ids */
export function askResume(ids) {
  open({
    title: 'Resume ' + subject(ids),
    body: () => html`
      <form @submit=${event => {
        event.preventDefault();
        const said = values(event.target);
        close();
        resume(ids, said.catchUp === 'pause' ? {} : said);
      }}>
        ${choice({label: 'Slots that were missed', name: 'catchUp', value: 'pause', options: [['pause', 'As each pause said, or skip'], ...OPTIONS], hint: 'A single report shows its plan first: open it and press Resume.'})}
        <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main">Resume ${many(ids.length, 'report')}</button></div>
      </form>`,
  });
}

/** @param {(deleted: string[]) => void} [done] */
export function askDelete(ids, done = () => {}) {
  const names = ids.slice(0, 8).map(id => all().get(id)?.name ?? id);
  open({
    title: `Delete ${subject(ids)}?`,
    body: () => html`
      ${ids.length > 1 ? html`<ul class="names">${names.map(name => html`<li>${name}</li>`)}${ids.length > 8 ? html`<li class="sub">and ${ids.length - 8} more</li>` : ''}</ul>` : ''}
      <p>${ids.length === 1 ? 'Its' : 'Their'} executions and files go too. Only the history stays. This cannot be undone.</p>
      <div class="bar end"><button type="button" @click=${close}>Keep</button>
        <button class="danger" type="button" @click=${() => {
          close();
          remove(ids).then(done);
        }}>Delete ${many(ids.length, 'report')}</button></div>`,
  });
}
