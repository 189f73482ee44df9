// @ts-check
// Where queries are written: what may be asked, the text, what the service says of it, the first rows.

import {html, nothing} from 'lit-html';
import {call, own, records} from '../api.js';
import {catalog, fetchQueries, savedQueries} from '../catalog.js';
import {makeEditor} from '../editor.js';
import {field, values} from '../form.js';
import {icon} from '../icons.js';
import {previewView} from '../preview.js';
import {programs} from '../programs.js';
import {service} from '../service.js';
import {many} from '../text.js';
import {close, open, paint, refused, say} from '../view.js';

/** @typedef {import('../editor.js').Fault} Fault */

/** What is being written, kept while other pages are open. */
let program = service.programs[0];
let text = '';
/** @type {Fault[]} what the service finds wrong with it */
let faults = [];
/** @type {import('../preview.js').Preview | null} */
let preview = null;
/** @type {any} why it could not be run */
let runFault = null;
/** The text that the faults are of. */
let checkedText = '';
/** @type {string | null} the id under which it is kept */
let saved = null;
let running = false;
/** Grows whenever another text is begun, so that late answers to the one before are known. */
let round = 0;

/** @type {import('../catalog.js').Dataset[]} */
let sets = [];
/** @type {any} why they are not known */
let catalogFault = null;
let filter = '';

const editor = makeEditor({
  sets: () => sets,
  check,
  changed(written) {
    if (written === text) return;
    text = written;
    saved = null;
    paint();
  },
  checked(found) {
    faults = found;
    checkedText = text;
    paint();
  },
  run,
});

/** @param {string} written @returns {Promise<Fault[]>} */
async function check(written) {
  if (!written.trim()) return [];
  try {
    return (await own('POST', 'queries:check', {program, query: written}, {quiet: true})).faults;
  } catch {
    return []; // Who runs it hears why.
  }
}

/** @param {string} other */
function begin(other) {
  round++;
  text = other;
  faults = [];
  preview = null;
  runFault = null;
  saved = null;
  editor.show(other);
}

async function load() {
  const of = program;
  try {
    const found = (await catalog(of)).sets;
    if (of !== program) return;
    sets = found;
    catalogFault = null;
    editor.know(sets);
  } catch (error) {
    if (of !== program) return;
    catalogFault = error;
  }
  paint();
}

/** What an address such as `?query=...` asks for, once: who comes back to it finds what was written since. @param {URLSearchParams} asked */
async function take(asked) {
  const other = asked.get('program');
  if (other && other !== program) {
    program = other;
    sets = [];
    begin('');
  }
  load();
  const dataset = asked.get('dataset');
  const wanted = asked.get('query');
  if (wanted || dataset) history.replaceState(null, '', '#/workbench?' + new URLSearchParams({program}));
  if (wanted && wanted !== saved) {
    const mine = ++round;
    try {
      const found = records(await call('GET', program, 'ScheduledQueries?queryId=' + encodeURIComponent(wanted)))[0];
      if (mine !== round) return;
      begin(found.query);
      saved = found.queryId;
    } catch (error) {
      if (mine !== round) return;
      catalogFault = error;
    }
  } else if (dataset) {
    begin(`SELECT \nFROM ${dataset}\nTIMESPAN LAST_MONTH`);
  }
  paint();
}

/** The rows of a query that is right; of one that is not the first place that is wrong. */
async function run() {
  if (running || !text.trim()) return;
  const [asked, mine] = [text, round];
  running = true;
  runFault = null;
  paint();
  try {
    const found = await check(asked);
    if (mine !== round) return;
    if (text === asked) {
      faults = found;
      checkedText = asked;
      editor.mark(found);
      if (found.length) editor.goTo(found[0]);
    }
    if (!found.length) await fetchRows(asked, mine);
  } finally {
    running = false;
    paint();
  }
}

/** @param {string} asked @param {number} mine the round that it was asked in */
async function fetchRows(asked, mine) {
  const began = performance.now();
  try {
    const answer = await call('GET', program, 'ScheduledQueries/testQueryResult?exportQuery=' + encodeURIComponent(asked));
    if (mine !== round) return;
    preview = {
      columns: Object.keys(answer.value[0] ?? {}),
      rows: answer.value,
      millis: Math.round(performance.now() - began),
      redacted: answer.dataRedacted === true,
    };
  } catch (error) {
    if (mine !== round) return;
    runFault = error;
    preview = null; // Rows of another text would mislead.
  }
}

const schedule = () => (location.hash = '#/new?' + new URLSearchParams({program, query: saved ?? ''}));

/** @param {() => void} done told once it is kept */
function askSave(done) {
  /** @type {any} */
  let fault = null;
  let waiting = false;
  const save = async event => {
    event.preventDefault();
    const [kept, of] = [text, program];
    waiting = true;
    paint();
    try {
      const made = records(await call('POST', of, 'ScheduledQueries', {...values(event.target), Query: kept}))[0].queryId;
      fetchQueries(of);
      if (text === kept && program === of) saved = made;
      const stayed = closeThis();
      say('Query saved');
      if (stayed) done();
    } catch (error) {
      fault = error;
    }
    waiting = false;
    paint();
  };
  const closeThis = open({
    title: 'Save the query',
    body: () => html`<form @submit=${save}>${refused(fault)}
      ${field({label: 'Name', name: 'Name', required: true, length: 256})} ${field({label: 'Description', name: 'Description', length: 256})}
      <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main" ?disabled=${waiting}>Save</button></div></form>`,
  });
}

// ---- what it looks like

/** @param {string} name */
const fits = name => name.toLowerCase().includes(filter.toLowerCase());

const browser = () => html`<aside class="card browser" aria-label="Datasets">
  <input type="search" aria-label="Filter columns" placeholder="Filter" .value=${filter} @input=${event => {
    filter = event.target.value;
    paint();
  }}>
  ${refused(catalogFault, load)} ${sets.map(dataset)}
</aside>`;

/** @param {import('../catalog.js').Dataset} set */
function dataset(set) {
  const whole = fits(set.datasetName);
  const kinds = /** @type {[string[], string][]} */ ([
    [[set.datasetName], 'dataset'],
    [set.selectableColumns.filter(name => whole || fits(name)), ''],
    [set.availableMetrics.filter(name => whole || fits(name)), 'metric'],
    [set.availableDateRanges, 'date range'],
  ]);
  if (!whole && !kinds[1][0].length && !kinds[2][0].length) return nothing;
  return html`<details ?open=${filter !== ''}><summary>${set.datasetName}</summary>
    <ul>${kinds.flatMap(([names, kind]) => names.map(name => html`<li><button class="quiet" type="button" title="Insert ${name}" @click=${() => editor.insert(name)}><code>${name}</code>
      <span class="sub">${kind}</span></button></li>`))}</ul></details>`;
}

const problems = () => html`<section class="problems" aria-label="Problems">
  <p class="st bad" role="status">${icon('failing')}${many(faults.length, 'problem')}</p>
  <ul>${faults.map(one => html`<li><span class="grow">${one.message}</span>
    ${one.suggestion ? html`<button type="button" ?disabled=${text !== checkedText} @click=${() => editor.mend(one)}>Write ${one.suggestion}</button>` : nothing}
    <button type="button" ?disabled=${text !== checkedText} aria-label="Go to line ${one.line}, column ${one.column}" @click=${() => editor.goTo(one)}>Go to ${one.line}:${one.column}</button></li>`)}</ul>
</section>`;

const saving = () => html`
  <button type="button" ?disabled=${!text.trim()} @click=${() => askSave(() => {})}>Save…</button>
  <button type="button" ?disabled=${!text.trim()} @click=${() => (saved ? schedule() : askSave(schedule))}>Schedule as a report…</button>
  ${saved ? html`<span class="st ok">${icon('active')}saved</span>` : nothing}`;

const opening = () => html`<label class="inline"><span class="sub">Open</span>
  <select @change=${event => event.target.value && (location.hash = '#/workbench?' + new URLSearchParams({program, query: event.target.value}))}>
    <option value="">a saved query…</option>${savedQueries(program).map(one => html`<option value=${one.queryId} ?selected=${one.queryId === saved}>${one.name}</option>`)}</select></label>`;

const result = () => (preview ? previewView(preview) : html`<div class="card pad"><p class="sub">The first rows show here once the query is run.</p></div>`);

/** @param {string} id @param {URLSearchParams} query @returns {import('../app.js').Page} */
export function openWorkbench(id, query) {
  take(query);
  return {
    title: 'Workbench',
    turn: take,
    drawn() {
      const place = document.querySelector('.editor-place');
      if (!place || place.contains(editor.host)) return;
      place.append(editor.host);
      editor.measure();
    },
    inEditor: [
      ['Ctrl+Enter', 'Run the query'],
      ['Ctrl+Space', 'What may stand here'],
      ['F8', 'Next problem'],
      ['Tab', 'Leave the editor'],
    ],
    view: () => html`
      <div class="bar"><h1>Workbench</h1>${programs(program, name => '#/workbench?program=' + name)}<span class="grow"></span>${opening()}</div>
      <div class="bench">
        ${browser()}
        <div class="editor">
          <div class="editor-place"></div>
          <div class="bar"><button class="main" type="button" ?disabled=${running || !text.trim()} @click=${run}>Run <kbd>Ctrl+Enter</kbd></button>
            ${saving()}<span role="status" class="sub">${running ? 'Running…' : ''}</span></div>
          ${faults.length ? problems() : nothing} ${refused(runFault)} ${result()}
        </div>
      </div>`,
  };
}
