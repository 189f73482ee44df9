// @ts-check
// What may be queried.

import {html, nothing} from 'lit-html';
import {live} from 'lit-html/directives/live.js';
import {catalog} from '../catalog.js';
import {programs} from '../programs.js';
import {service} from '../service.js';
import {many} from '../text.js';
import {copyButton, empty, paint, refused} from '../view.js';

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export function openDatasets(id, query) {
  let program = query.get('program') ?? service.programs[0];
  let filter = query.get('filter') ?? '';
  /** @type {{sets: import('../catalog.js').Dataset[], queries: import('../catalog.js').Query[]} | null} */
  let found = null;
  /** @type {any} */
  let fault = null;

  async function load() {
    const of = program;
    found = null;
    fault = null;
    paint();
    try {
      const answer = await catalog(of);
      if (of === program) found = answer;
    } catch (error) {
      if (of === program) fault = error;
    }
    paint();
  }
  load();

  const address = change => {
    const set = {program, filter, ...change};
    return '#/datasets?' + new URLSearchParams(Object.entries(set).filter(([, value]) => value));
  };
  const fits = name => name.toLowerCase().includes(filter.toLowerCase());
  const matching = set => fits(set.datasetName) || set.selectableColumns.some(fits) || set.availableMetrics.some(fits);

  const names = list => html`<ul class="chips">${list.map(name => html`<li class=${filter && fits(name) ? 'hit' : ''}><code>${name}</code></li>`)}</ul>`;

  const one = set => {
    const queries = (found?.queries ?? []).filter(query => new RegExp(`\\bFROM\\s+${set.datasetName}\\b`, 'i').test(query.query));
    const hours = set.minimumRecurrenceInterval;
    return html`<details class="card dataset" ?open=${filter !== '' && !fits(set.datasetName)}>
      <summary><strong>${set.datasetName}</strong><span class="sub">${many(set.selectableColumns.length, 'column')}, ${many(set.availableMetrics.length, 'metric')}</span>
        <span class="grow"></span><span class="sub wide-only">every ${hours} h or more · ${set.availableDateRanges[0]} to ${set.availableDateRanges.at(-1)}</span></summary>
      <div class="inside">
        <div><a class="btn" href=${'#/workbench?' + new URLSearchParams({program, dataset: set.datasetName})}>Open in the workbench</a></div>
        <h2>Columns</h2>${names(set.selectableColumns)}
        <h2>Metrics</h2>${set.availableMetrics.length ? names(set.availableMetrics) : html`<p class="sub">None.</p>`}
        <h2>Date ranges</h2>${names(set.availableDateRanges)}
        ${queries.length ? html`<h2>Queries that come with it</h2>${queries.map(query => html`<div class="sample"><div class="bar"><span>${query.name}</span><span class="grow"></span>${copyButton(query.query, 'Copy the query ' + query.name)}
          ${use(query)}</div><pre>${query.query}</pre></div>`)}` : nothing}
      </div></details>`;
  };

  const use = query => html`<a class="btn" href=${'#/workbench?' + new URLSearchParams({program, query: query.queryId})}>Use</a>`;

  return {
    title: 'Datasets',
    turn(next) {
      filter = next.get('filter') ?? '';
      const other = next.get('program') ?? service.programs[0];
      if (other !== program) {
        program = other;
        load();
      }
    },
    view() {
      const shown = (found?.sets ?? []).filter(matching);
      return html`
        <div class="bar"><h1>Datasets</h1><span class="sub">${found ? many(shown.length, 'dataset') : nothing}</span></div>
        <div class="bar">
          ${programs(program, name => address({program: name}))}
          <input type="search" aria-label="Filter datasets" placeholder="Filter by dataset, column or metric" .value=${live(filter)} @input=${event => {
            filter = event.target.value;
            history.replaceState(null, '', address({}));
            paint();
          }}>
        </div>
        ${refused(fault, load)} ${found === null && !fault ? html`<p class="sub">Loading…</p>` : nothing}
        ${shown.map(one)}
        ${found && !shown.length ? html`<div class="card">${empty('Nothing fits', `No dataset of ${program} has “${filter}” in a name.`)}</div>` : nothing}`;
    },
  };
}
