// @ts-check
// Where queries are written: what may be asked, the text, what the service says of it, the first rows.

import {html, nothing, svg} from 'lit-html';
import {call, records} from '../api.js';
import {catalog, fetchQueries, savedQueries} from '../catalog.js';
import {field, values} from '../form.js';
import {icon} from '../icons.js';
import {programs} from '../programs.js';
import {service} from '../session.js';
import {many, number} from '../text.js';
import {close, open, paint, refused, say} from '../view.js';

/** What is being written, kept while other pages are open. */
let program = service.programs[0];
let text = '';
/** @type {{columns: string[], rows: any[], millis: number, redacted: boolean} | null} */
let preview = null;
/** @type {any} */
let fault = null;
/** @type {string | null} */
let saved = null;
let chart = false;

/** @returns {import('../app.js').Page} */
export function openWorkbench(id, query) {
  /** @type {any[]} */
  let sets = [];
  let filter = '';
  let running = false;
  /** @type {any} */
  let broken = null;

  async function load() {
    try {
      sets = (await catalog(program)).sets;
      broken = null;
    } catch (error) {
      broken = error;
    }
    paint();
  }

  /** What an address such as `?query=...` asks for. */
  async function take(asked) {
    const other = asked.get('program');
    if (other && other !== program) {
      program = other;
      fresh('');
    }
    load();
    const dataset = asked.get('dataset');
    const wanted = asked.get('query');
    if (wanted) {
      try {
        const found = records(await call('GET', program, 'ScheduledQueries?queryId=' + encodeURIComponent(wanted)))[0];
        fresh(found.query);
        saved = found.queryId;
      } catch (error) {
        broken = error;
      }
    } else if (dataset) {
      fresh(`SELECT \nFROM ${dataset}\nTIMESPAN LAST_MONTH`);
    }
    paint();
  }
  take(query);

  function fresh(other) {
    text = other;
    preview = null;
    fault = null;
    saved = null;
  }

  const area = () => /** @type {HTMLTextAreaElement} */ (document.querySelector('.editor textarea'));

  function insert(word) {
    const box = area();
    const from = box.selectionStart;
    const before = text.slice(0, from);
    const space = before && !/[\s(,]$/.test(before) ? (/[\w]$/.test(before) && !/\b(SELECT|FROM|WHERE|BY|AND|OR|TIMESPAN)$/i.test(before) ? ', ' : ' ') : '';
    box.setRangeText(space + word, from, box.selectionEnd, 'end');
    text = box.value;
    saved = null;
    box.focus();
    paint();
  }

  async function run() {
    if (running || !text.trim()) return;
    running = true;
    fault = null;
    paint();
    const began = performance.now();
    try {
      const answer = await call('GET', program, 'ScheduledQueries/testQueryResult?exportQuery=' + encodeURIComponent(text));
      preview = {
        columns: Object.keys(answer.value[0] ?? {}),
        rows: answer.value,
        millis: Math.round(performance.now() - began),
        redacted: answer.dataRedacted === true,
      };
    } catch (error) {
      fault = error;
      preview = null; // Rows of another text would mislead.
    }
    running = false;
    paint();
  }

  /** The places that a fault names, such as `(3:17)`; columns count characters. @returns {[number, number][]} */
  const places = () => [...String(fault?.message ?? '').matchAll(/\((\d+):(\d+)\)/g)].map(([, line, column]) => [Number(line), Number(column)]);

  function goTo([line, column]) {
    const lines = text.split('\n');
    const here = [...(lines[line - 1] ?? '')];
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + here.slice(0, column - 1).join('').length;
    const word = /^[\w']+|^./u.exec(text.slice(from))?.[0] ?? '';
    const box = area();
    box.focus();
    box.setSelectionRange(from, from + word.length);
  }

  function askSave() {
    open({
      title: 'Save the query',
      body: () => html`<form @submit=${async event => {
        event.preventDefault();
        const said = values(event.target);
        close();
        try {
          saved = records(await call('POST', program, 'ScheduledQueries', {...said, Query: text}))[0].queryId;
          fetchQueries(program);
          say('Query saved');
        } catch (error) {
          fault = error;
        }
        paint();
      }}>
        ${field({label: 'Name', name: 'Name', required: true, length: 256})} ${field({label: 'Description', name: 'Description', length: 256})}
        <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main">Save</button></div></form>`,
    });
  }

  // ---- what it looks like

  const fits = name => name.toLowerCase().includes(filter.toLowerCase());

  const browser = () => html`<aside class="card browser" aria-label="Datasets">
    <input type="search" aria-label="Filter columns" placeholder="Filter" .value=${filter} @input=${event => {
      filter = event.target.value;
      paint();
    }}>
    ${refused(broken, load)}
    ${sets.map(set => {
      const names = [...set.selectableColumns, ...set.availableMetrics].filter(name => !filter || fits(name) || fits(set.datasetName));
      if (filter && !names.length && !fits(set.datasetName)) return nothing;
      return html`<details ?open=${filter !== ''}><summary>${set.datasetName}</summary>
        <ul>${[set.datasetName, ...names, ...set.availableDateRanges].map((name, i) => html`<li><button class="quiet" type="button" title="Insert ${name}" @click=${() => insert(name)}><code>${name}</code>
          <span class="sub">${i === 0 ? 'dataset' : set.availableMetrics.includes(name) ? 'metric' : set.availableDateRanges.includes(name) ? 'date range' : ''}</span></button></li>`)}</ul></details>`;
    })}
  </aside>`;

  const problems = () =>
    fault
      ? html`<div class="problems">${refused(fault)}<div class="bar">${places().map(place => html`<button type="button" @click=${() => goTo(place)}>Go to line ${place[0]}, column ${place[1]}</button>`)}</div></div>`
      : nothing;

  const result = () => {
    if (!preview) return html`<div class="card pad"><p class="sub">The first rows show here once the query is run.</p></div>`;
    const {columns, rows} = preview;
    return html`<section class="card pad" aria-label="First rows">
      <div class="bar"><h2>${many(rows.length, 'row')}</h2><span class="sub">${number(preview.millis)} ms${preview.redacted ? ', some values are withheld from you' : ''}</span><span class="grow"></span>
        ${numeric(rows, columns).length && rows.length > 1 ? html`<button type="button" aria-pressed=${chart} @click=${() => {
          chart = !chart;
          paint();
        }}>${chart ? 'As table' : 'As chart'}</button>` : nothing}</div>
      ${!rows.length
        ? html`<p class="sub">No row fits.</p>`
        : chart && numeric(rows, columns).length
          ? bars(rows, columns)
          : html`<div class="card rows" tabindex="0" role="region" aria-label="Rows"><table><thead><tr>${columns.map(name => html`<th scope="col" class=${numeric(rows, columns).includes(name) ? 'num' : ''}>${name}</th>`)}</tr></thead>
              <tbody>${rows.map(row => html`<tr>${columns.map(name => html`<td class=${typeof row[name] === 'number' ? 'num' : ''}>${row[name] === null ? html`<span class="sub">–</span>` : typeof row[name] === 'number' ? number(row[name]) : String(row[name])}</td>`)}</tr>`)}</tbody></table></div>`}
    </section>`;
  };

  return {
    title: 'Workbench',
    turn: take,
    view: () => html`
      <div class="bar"><h1>Workbench</h1>
        ${programs(program, name => '#/workbench?program=' + name)}
        <span class="grow"></span>
        <label class="inline"><span class="sub">Open</span> <select @change=${event => event.target.value && (location.hash = '#/workbench?' + new URLSearchParams({program, query: event.target.value}))}>
          <option value="">a saved query…</option>${savedQueries(program).map(one => html`<option value=${one.queryId} ?selected=${one.queryId === saved}>${one.name}</option>`)}</select></label></div>
      <div class="bench">
        ${browser()}
        <div class="editor">
          <textarea aria-label="Query" rows="9" spellcheck="false" autocapitalize="off" placeholder="SELECT OfferName, OrderStatus&#10;FROM ISVOrder&#10;TIMESPAN LAST_MONTH" .value=${text} @input=${event => {
            text = event.target.value;
            saved = null;
          }} @keydown=${event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              run();
            }
          }}></textarea>
          <div class="bar"><button class="main" type="button" ?disabled=${running} @click=${run}>Run <kbd>Ctrl+Enter</kbd></button>
            <button type="button" @click=${askSave}>Save…</button>
            ${saved ? html`<a class="btn" href=${'#/new?' + new URLSearchParams({program, query: saved})}>Schedule as a report</a><span class="st ok">${icon('active')}saved</span>` : nothing}
            <span role="status" class="sub">${running ? 'Running…' : ''}</span></div>
          ${fault ? problems() : result()}
        </div>
      </div>`,
  };
}

const numeric = (rows, columns) => columns.filter(name => rows.some(row => typeof row[name] === 'number'));

/** The first column of numbers, as bars beside the first column that is none. */
function bars(rows, columns) {
  const y = numeric(rows, columns)[0];
  const x = columns.find(name => name !== y && !numeric(rows, columns).includes(name)) ?? columns[0];
  const most = Math.max(1, ...rows.map(row => Math.abs(row[y] ?? 0)));
  return html`<table class="plain bars"><caption>${y} by ${x}</caption><tbody>${rows.slice(0, 50).map(row => html`<tr><th scope="row">${row[x] ?? '–'}</th>
    <td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${svg`<rect x="0" y="1" width=${(100 * Math.abs(row[y] ?? 0)) / most} height="8"/>`}</svg></td><td class="num">${number(row[y])}</td></tr>`)}</tbody></table>`;
}
