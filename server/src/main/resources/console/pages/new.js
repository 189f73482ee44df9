// @ts-check
// A new report of a saved query.

import {html, nothing} from 'lit-html';
import {fetchQueries} from '../catalog.js';
import {choice} from '../form.js';
import {freshForm, reportForm} from '../report-form.js';
import {service} from '../service.js';
import {ahead} from '../time.js';
import {paint} from '../view.js';

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export function openNew(id, query) {
  let program = query.get('program') ?? service.programs[0];
  const start = ahead(4);
  freshForm();
  fetchQueries(program);
  return {
    title: 'New report',
    view: () => html`
      <div class="bar"><h1><a href="#/reports">Reports</a> <span class="crumb">/</span> New</h1></div>
      <section class="card pad narrow" aria-label="New report">
        ${service.programs.length > 1
          ? choice({label: 'Program', name: 'program', value: program, options: service.programs.map(name => [name, name]), input: name => {
              program = name;
              paint();
            }})
          : nothing}
        ${reportForm(program, null, made => (location.hash = '#/report/' + made), {query: query.get('query') ?? '', name: query.get('name') ?? '', start})}
      </section>`,
  };
}
