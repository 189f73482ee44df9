// @ts-check
// A resume shows its plan before anything happens, and does just that plan.

import {html, nothing} from 'lit-html';
import {call, records} from './api.js';
import {CATCH_UP} from './catch-up.js';
import {icon} from './icons.js';
import {many, number} from './text.js';
import {instant, relative, utc} from './time.js';
import {close, open, paint, refused, say} from './view.js';

/** @param {any} report of the list @param {() => void} done told once it is resumed */
export function askResumeOne(report, done) {
  /** @type {Map<string, any>} */
  let plans = new Map();
  let chosen = report.pause?.catchUp ?? 'skip';
  /** @type {Error | null} */
  let fault = null;
  let outdated = false;
  let waiting = false;
  let reason = '';
  const path = 'ScheduledReport/resume/' + report.reportId;

  async function load() {
    waiting = true;
    paint();
    try {
      const fresh = new Map();
      await Promise.all(
        CATCH_UP.map(async ([name]) => {
          const answer = await call('PUT', report.program, `${path}?dryRun=true&catchUp=${name}`);
          fresh.set(name, records(answer)[0]);
        }),
      );
      plans = fresh;
      fault = null;
    } catch (error) {
      fault = error;
    }
    waiting = false;
    paint();
  }

  async function confirm(event) {
    event.preventDefault();
    const plan = plans.get(chosen);
    waiting = true;
    paint();
    try {
      await call('PUT', report.program, `${path}?plan=${encodeURIComponent(plan.plan)}`, reason ? {reason} : {});
      closeThis();
      say(`${report.name}: resumed, ${plan.runs.length ? many(plan.runs.length, 'missed slot') + ' will run' : 'none of the missed slots runs'}`);
      done();
      return;
    } catch (error) {
      if (error.status === 409) {
        outdated = true;
        await load();
        return;
      }
      fault = error;
    }
    waiting = false;
    paint();
  }

  const pick = ([name, label, what]) => {
    const plan = plans.get(name);
    return html`<label class="pick plan"><input type="radio" name="catchUp" value=${name} ?checked=${name === chosen} @change=${() => {
        chosen = name;
        paint();
      }}>
      <span><strong>${label}</strong><small>${what}</small></span>
      ${plan ? html`<span class="outcome"><span class=${plan.runs.length ? 'st run' : 'st idle'}>${icon(plan.runs.length ? 'running' : 'inactive')}${plan.runs.length ? `${number(plan.runs.length)} ${plan.runs.length === 1 ? 'run' : 'runs'}` : 'no run'}</span>
        <span class="sub">${number(plan.skippedCount)} skipped</span></span>` : nothing}
    </label>`;
  };

  const body = () => {
    const plan = plans.get(chosen);
    const missed = plan?.missedCount ?? 0;
    return html`<form @submit=${confirm}>
      ${pauseLine(report.pause)}
      ${outdated ? html`<div class="note" role="alert">${icon('pending')}<span>The plan was out of date: the report has changed, or another slot has passed. Nothing was done. This is the plan as it is now.</span></div>` : nothing}
      ${refused(fault, load)}
      ${plan
        ? html`<p><strong>${missed ? many(missed, 'slot') + ' missed' : 'No slot was missed.'}</strong>${missed
              ? html` <span class="sub">${slotLine(plan.missed, missed)}</span>`
              : nothing}</p>
            <fieldset class="cast plans"><legend class="sr">What becomes of the missed slots</legend>${CATCH_UP.map(pick)}</fieldset>
            <div class="outlook">
              <div><h2>Runs at once</h2>${times(plan.runs, 'Nothing')}</div>
              <div><h2>Then, on the grid</h2>${times(plan.nextSlots, 'No further slot')}</div>
            </div>
            <label class="field wide"><span>Reason</span><input name="reason" maxlength="256" autocomplete="off" placeholder="Kept in the history" .value=${reason} @input=${event => (reason = event.target.value)}></label>
            <p class="sub">${plan.remainingRecurrenceCount === null ? 'The report has no last file.' : `${many(plan.remainingRecurrenceCount, 'file')} still to come in all.`}
              Confirming does exactly this plan, or nothing.</p>`
        : html`<p class="sub">${waiting ? 'Computing the plans…' : ''}</p>`}
      <div class="bar end"><button type="button" @click=${close}>Cancel</button><button class="main" ?disabled=${!plan || waiting}>Resume</button></div>
    </form>`;
  };

  const closeThis = open({title: 'Resume ' + report.name, wide: true, body});
  load();
}

/** Who paused it, when and why. @param {import('./reports-list.js').Report['pause']} pause */
export const pauseLine = pause =>
  pause
    ? html`<div class="note">${icon('paused')}<span>Paused <strong title=${utc(pause.at) + ' UTC'}>${relative(pause.at)}</strong> by <strong>${pause.by === 'service' ? 'the service itself' : pause.by}</strong>${pause.reason
        ? html`: ${pause.reason}`
        : nothing}${pause.until ? html`. Resumes by itself ${instant(pause.until)}${pause.catchUp ? html`, missed slots: ${pause.catchUp}` : nothing}` : nothing}</span></div>`
    : nothing;

/** @param {string[]} slots @param {number} count */
const slotLine = (slots, count) =>
  utc(slots[0]) + ' UTC' + (count === 1 ? '' : count > slots.length ? ` and ${number(count - 1)} more` : ` to ${utc(slots[slots.length - 1])} UTC`);

/** @param {string[]} slots @param {string} none */
const times = (slots, none) =>
  slots.length
    ? html`<ol class="times">${slots.slice(0, 10).map(slot => html`<li>${instant(slot)}</li>`)}${slots.length > 10 ? html`<li class="sub">and ${number(slots.length - 10)} more</li>` : nothing}</ol>`
    : html`<p class="sub">${none}</p>`;
