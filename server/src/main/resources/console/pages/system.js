// @ts-check
// How the service fares: what it says of itself at /health/ready and /metrics, drawn over the last minutes.

import {html, nothing} from 'lit-html';
import {plain, ROOT} from '../api.js';
import {line, scale} from '../chart.js';
import {icon} from '../icons.js';
import {service} from '../service.js';
import {many, number} from '../text.js';
import {now, span, utc, when} from '../time.js';
import {paint, refused} from '../view.js';

const EVERY = 2000;
const KEPT = 150;

/** @typedef {{at: number, numbers: Map<string, number>, millis: number}} Sample */
/** @type {Sample[]} kept while other pages are open, too */
const samples = [];

/** @param {string} text as Prometheus reads it */
function parse(text) {
  const numbers = new Map();
  for (const line of text.split('\n')) {
    const found = /^([a-z_]+)(\{(?:[^"}]|"(?:\\.|[^"\\])*")*\})? ([-+0-9.eE]+)/.exec(line);
    if (found) numbers.set(found[1] + (found[2] ?? ''), Number(found[3]));
  }
  return numbers;
}

const latest = () => samples.at(-1);
/** @param {string} name */
const value = name => latest()?.numbers.get(name) ?? 0;
/** @param {Sample} sample @param {string} name */
const sum = (sample, name) => [...sample.numbers].filter(([key]) => key.startsWith(name + '{') || key === name).reduce((total, [, one]) => total + one, 0);

/** @returns {import('../app.js').Page} */
export function openSystem() {
  /** @type {any} */
  let health = null;
  /** @type {any} */
  let fault = null;
  let timer = 0;
  const leaving = new AbortController();
  const {signal} = leaving;

  async function load() {
    clearTimeout(timer);
    if (!document.hidden) {
      try {
        const began = performance.now();
        health = JSON.parse(await plain('health/ready', signal, 503)); // Not ready is an answer, with the reason.
        const millis = performance.now() - began;
        samples.push({at: Date.now(), numbers: parse(await plain('metrics', signal)), millis});
        samples.splice(0, Math.max(0, samples.length - KEPT));
        fault = null;
      } catch (error) {
        fault = error;
      }
      if (signal.aborted) return;
      paint();
    }
    timer = setTimeout(load, EVERY);
  }
  load();

  const rate = name => samples.slice(1).map((sample, i) => {
    const seconds = (sample.at - samples[i].at) / 1000;
    return Math.max(0, (sum(sample, name) - sum(samples[i], name)) / seconds);
  });
  const level = name => samples.map(sample => sample.numbers.get(name) ?? 0);

  const tile = (title, shown, small) => html`<div class="card pad"><h2>${title}</h2>${shown}<small>${small}</small></div>`;

  /** All that serve the store, and which of them have been silent for too long. @param {{name: string, seen: string, leaseUntil: string}[]} found */
  const nodes = found => {
    const silent = found.filter(node => Date.parse(node.leaseUntil) <= now());
    return tile(
      'Nodes',
      silent.length
        ? html`<span class="st bad">${icon('failing')}${number(found.length - silent.length)} of ${number(found.length)} there</span>`
        : html`<span class="st ok">${icon('active')}${number(found.length)} there</span>`,
      silent.length ? silent.map(node => `${node.name} last seen ${utc(node.seen)} UTC`).join(', ') : found.map(node => node.name).join(', '),
    );
  };

  const tiles = () => {
    const up = health?.status === 'UP';
    const corrected = value('reprise_watchdog_healed_total');
    const left = value('reprise_watchdog_unhealed_total');
    const late = value('reprise_reports_late_seconds');
    const reports = state => number(value(`reprise_reports{state="${state}"}`));
    const executions = outcome => number(value(`reprise_executions_total{outcome="${outcome}"}`));
    return html`<div class="tiles">
      ${tile('Service', html`<span class="st ${up ? 'ok' : 'bad'}">${icon(up ? 'active' : 'failing')}${up ? 'Ready' : 'Not ready'}</span>`, health?.reason ?? `version ${service.version}`)}
      ${health?.nodes ? nodes(health.nodes) : nothing}
      ${tile(
        'Watchdog',
        corrected || left
          ? html`<span class="st warn">${icon('failing')}${number(corrected)} corrected, ${number(left)} not</span>`
          : html`<span class="st ok">${icon('active')}Found nothing wrong</span>`,
        `${number(value('reprise_watchdog_checked_total'))} reports checked`,
      )}
      ${tile('Running', html`<strong>${number(value('reprise_executions_running'))} under way</strong>`, `${many(value('reprise_reports_due'), 'report')} due${late ? ', the first since ' + span(late * 1000) : ''}`)}
      ${tile('Store', html`<strong>${number(value('reprise_store_queue'))} waiting</strong>`, `${number(value('reprise_changes_total'))} changes in all histories`)}
      ${tile('Reports', html`<strong>${reports('active')} active</strong>`, `${reports('paused')} paused, ${reports('inactive')} inactive`)}
      ${tile('Executions', html`<strong>${executions('completed')} completed</strong>`, `${executions('failed')} failed, ${executions('retried')} tried again`)}
    </div>`;
  };

  const issuers = () =>
    (health?.issuers ?? []).map(issuer => html`<div class="card pad"><h2>${issuer.issuer}</h2><span class="st ${issuer.status === 'UP' ? 'ok' : 'bad'}">${icon(issuer.status === 'UP' ? 'active' : 'failing')}${issuer.fault ?? 'Its keys are at hand'}</span></div>`);

  const healed = () => {
    const found = health?.watchdog?.lastHealed ?? [];
    return found.length
      ? html`<div class="card" tabindex="0" role="region" aria-label="Corrected reports"><table><caption>Corrected by the watchdog</caption><thead><tr><th scope="col">When, UTC</th><th scope="col">Report</th><th scope="col">What differed</th></tr></thead>
          <tbody>${found.map(one => html`<tr><td>${when(one.at)}</td><td><a class="mono" href="#/report/${one.reportId}">${one.reportId}</a></td><td class="wrap">${one.what}</td></tr>`)}</tbody></table></div>`
      : nothing;
  };

  const calls = () => {
    const all = [...(latest()?.numbers ?? [])].filter(([key]) => key.startsWith('reprise_http_requests_total')).map(([key, count]) => ({call: /call="([^"]*)"/.exec(key)?.[1] ?? '', status: /status="([^"]*)"/.exec(key)?.[1] ?? '', count}));
    return html`<div class="card" tabindex="0" role="region" aria-label="Requests"><table><caption>Requests answered since the start</caption><thead><tr><th scope="col">Call</th><th scope="col" class="num">Status</th><th scope="col" class="num">Count</th></tr></thead>
      <tbody>${all.sort((a, b) => b.count - a.count).slice(0, 15).map(one => html`<tr><td class="mono">${one.call}</td><td class="num">${one.status}</td><td class="num">${number(one.count)}</td></tr>`)}</tbody></table></div>`;
  };

  return {
    title: 'System',
    close() {
      leaving.abort();
      clearTimeout(timer);
    },
    view: () => html`
      <div class="bar"><h1>System</h1><span class="sub">asked every ${EVERY / 1000} s while this page is open</span><span class="grow"></span>
        <a class="btn" href=${new URL('reprise/v1/swagger/index.html', ROOT).href} target="_blank" rel="noopener">The calls</a>
        <a class="btn" href=${new URL('metrics', ROOT).href} target="_blank" rel="noopener">Metrics</a></div>
      ${refused(fault, load)} ${health ? tiles() : nothing} ${issuers()} ${healed()}
      <div class="tiles charts">
        ${trend('Executions per second', rate('reprise_executions_total'))}
        ${trend('Requests per second', rate('reprise_http_requests_total'))}
        ${trend('Answer to this page, ms', samples.map(sample => sample.millis))}
        ${trend('Reports due', level('reprise_reports_due'))}
      </div>
      ${calls()}`,
  };
}

/** A line over the time that was watched. @param {string} title @param {number[]} values */
function trend(title, values) {
  const most = Math.max(1, ...values);
  const top = scale(most);
  const last = values.at(-1);
  const shown = last === undefined ? '–' : last >= 10 || Number.isInteger(last) ? number(Math.round(last)) : last.toFixed(1);
  const points = values.map((value, i) => ({x: (KEPT - values.length + i) / (KEPT - 1), y: value / top}));
  return html`<figure class="card pad chart"><figcaption class="bar"><h2>${title}</h2><span class="grow"></span><strong>${shown}</strong></figcaption>
    ${line(points, `${title}: ${shown} now, ${number(Math.round(most))} at most`)}
    <div class="bar sub"><span>${span(KEPT * EVERY)} ago</span><span class="grow"></span><span>0 to ${number(top)}</span><span class="grow"></span><span>now</span></div></figure>`;
}
