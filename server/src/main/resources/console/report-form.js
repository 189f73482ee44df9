// @ts-check
// The form of a report, for a new one and for changes.

import {html, nothing} from 'lit-html';
import {call, records} from './api.js';
import {savedQueries} from './catalog.js';
import {choice, field, values} from './form.js';
import {fromField, recurrence, toField, utc} from './time.js';
import {paint, refused, say} from './view.js';

let fault = null;
let waiting = false;

/**
 * @param {string} program
 * @param {any} report as the public calls show it; null for a new one
 * @param {(id: string) => void} done told the id of what was kept
 * @param {{query?: string, name?: string, start?: string}} [given] what a new one begins with
 */
export function reportForm(program, report, done, given = {}) {
  const found = savedQueries(program);
  const once = report?.executeNow ?? false;
  const keeps = report && !found.some(query => query.queryId === report.queryId);
  const options = /** @type {[string, string][]} */ ([
    ...(keeps ? [[report.queryId, 'the query it has']] : []),
    ...found.map(query => [query.queryId, query.name + (query.type === 'system' ? ' (of the system)' : '')]),
  ]);
  return html`<form class="report-form" @submit=${event => save(event, program, report, done)}>
    ${refused(fault)}
    <div class="fields">
      ${field({label: 'Name', name: 'ReportName', value: report?.reportName ?? given.name ?? '', required: true, length: 256})}
      ${choice({label: 'Query', name: 'QueryId', value: report?.queryId ?? given.query ?? '', options, hint: options.length ? nothing : html`There is no saved query yet: save one in the <a href="#/workbench">workbench</a>.`})}
      ${field({label: 'Description', name: 'Description', value: report?.description ?? '', length: 256, wide: true})}
      ${once
        ? nothing
        : html`
          ${field({label: 'First slot (UTC)', name: 'StartTime', type: 'datetime-local', required: true, value: toField(report?.startTime ?? given.start), hint: report ? `Another one draws a new grid. Now from ${utc(report.startTime)}.` : 'Four hours ahead or more.'})}
          ${field({label: 'Every (hours)', name: 'RecurrenceInterval', type: 'number', required: true, min: '4', max: '2160', value: String(report?.recurrenceInterval ?? 24), hint: report ? recurrence(report.recurrenceInterval) : '24 is every day, 168 every week.'})}
          ${field({label: 'Files in all', name: 'RecurrenceCount', type: 'number', min: '1', value: report ? String(report.recurrenceCount ?? '') : '', hint: report?.recurrenceCount ? 'Empty: as it was.' : 'Empty: without end.'})}
          ${field({label: 'None after (UTC)', name: 'EndTime', type: 'datetime-local', value: toField(report?.endTime), hint: report?.endTime ? 'Empty: as it was.' : 'Empty: without end.'})}`}
      ${choice({label: 'Format', name: 'Format', value: report?.format ?? 'csv', options: [['csv', 'CSV'], ['tsv', 'TSV']]})}
      ${field({label: 'Callback URL', name: 'CallbackUrl', type: 'url', value: report?.callbackUrl ?? '', placeholder: 'https://', hint: report?.callbackUrl ? 'Empty: as it was.' : 'Told of each file. Empty: nobody is.'})}
      ${choice({label: 'By', name: 'CallbackMethod', value: report?.callbackMethod ?? 'POST', options: [['POST', 'POST'], ['GET', 'GET']]})}
    </div>
    <div class="bar"><button class="main" ?disabled=${waiting || !options.length}>${report ? 'Save' : 'Create the report'}</button></div>
  </form>`;
}

/** @param {SubmitEvent} event @param {string} program @param {any} report @param {(id: string) => void} done */
async function save(event, program, report, done) {
  event.preventDefault();
  const said = values(/** @type {HTMLFormElement} */ (event.target));
  const body = /** @type {Record<string, unknown>} */ ({...said});
  for (const name of ['StartTime', 'EndTime']) if (said[name]) body[name] = fromField(said[name]);
  // The fields have no seconds; a time that was not touched keeps its own.
  if (report?.startTime && said.StartTime === toField(report.startTime)) body.StartTime = report.startTime;
  if (report?.endTime && said.EndTime === toField(report.endTime)) body.EndTime = report.endTime;
  for (const name of ['RecurrenceInterval', 'RecurrenceCount']) if (said[name]) body[name] = Number(said[name]);
  waiting = true;
  fault = null;
  paint();
  try {
    const answer = report
      ? await call('PUT', program, 'ScheduledReport/' + report.reportId, body)
      : // The newer version insists on a count.
        await call('POST', program, 'ScheduledReport', body, {version: said.RecurrenceCount ? 'v1.1' : 'v1'});
    say(answer.message);
    done(records(answer)[0].reportId);
  } catch (error) {
    fault = error;
  }
  waiting = false;
  paint();
}

/** What was wrong before is not said again when the form is opened anew. */
export function freshForm() {
  fault = null;
}
