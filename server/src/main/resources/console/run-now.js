// @ts-check
// The query of a report once more, at once.

import {html} from 'lit-html';
import {call, records} from './api.js';
import {field, values} from './form.js';
import {close, open, paint, refused, say} from './view.js';

/**
 * The public calls run no report out of its turn; they run a query once, as a report of its own.
 * @param {string} program
 * @param {any} whole the report as the public calls show it
 */
export function askRunNow(program, whole) {
  /** @type {any} */
  let fault = null;
  let waiting = false;

  async function run(event) {
    event.preventDefault();
    waiting = true;
    paint();
    try {
      const order = {...values(event.target), QueryId: whole.queryId, ExecuteNow: true, Format: whole.format};
      const made = records(await call('POST', program, 'ScheduledReport', order))[0];
      const stayed = closeThis();
      say('It runs as a report of its own');
      if (stayed) location.hash = '#/report/' + made.reportId;
    } catch (error) {
      fault = error;
    }
    waiting = false;
    paint();
  }

  const closeThis = open({
    title: 'Run now',
    body: () => html`<form @submit=${run}>${refused(fault)}
      <p>The query runs once, at once, as a report of its own. The slots of this one and its count of files stay as they are.</p>
      ${field({label: 'Name', name: 'ReportName', value: whole.reportName + ', once', required: true, length: 256, wide: true})}
      <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main" ?disabled=${waiting}>Run</button></div></form>`,
  });
}
