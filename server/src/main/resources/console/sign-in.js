// @ts-check
// The page before all others: who is there?

import {html, nothing} from 'lit-html';
import {field, values} from './form.js';
import {icon, mark} from './icons.js';
import {service} from './service.js';
import {session, signIn, signInAtIssuer, signInWith} from './session.js';
import {paint, refused} from './view.js';

const CAST = [
  ['ada', 'Executive', 'Sees everything, and makes reports of her own.'],
  ['viewer', 'Viewer', 'As an executive, but for revenue and personal data.'],
  ['admin', 'Administrator', 'Sees the reports of everybody in the tenant.'],
  ['guest', 'Guest', 'Has a token without a role: every call refuses it.'],
];

let chosen = 'ada';
let user = 'ada';
let fault = null;
let waiting = false;

/** @param {() => void} done told once somebody is signed in */
export const signInView = done => html`
  <main class="sign-in" id="main" tabindex="-1">
    <h1>${mark} Reprise</h1>
    <p class="sub">Scheduled reports that can be paused and resumed</p>
    ${refused(fault)} ${service.issuer ? atIssuer(service.issuer.address, done) : nothing}
    ${service.standIn ? standIn(done) : service.issuer ? nothing : withToken(done)}
    <p class="sub">Version ${service.version}</p>
  </main>`;

/** @param {() => void} done */
const standIn = done => html`
  <form @submit=${event => submit(event, said => signIn(chosen === 'ada' ? (said.user ?? 'ada') : chosen, said.tenant ?? 'contoso'), done)}>
    <fieldset class="cast">
      <legend>Sign in as</legend>
      ${CAST.map(([id, name, what]) => html`
        <label class="pick"><input type="radio" name="client" value=${id} ?checked=${id === chosen} @change=${() => {
          chosen = id;
          paint();
        }}><span><strong>${name}</strong><small>${what}</small></span></label>`)}
    </fieldset>
    <div class="fields">
      ${field({label: 'Name', name: 'user', value: chosen === 'ada' ? user : chosen, input: text => (user = text), hint: chosen === 'ada' ? 'Any name; reports belong to it.' : 'This one name has this role.'})}
      ${field({label: 'Tenant', name: 'tenant', value: 'contoso', hint: 'Tenants never see each other.'})}
    </div>
    <button class="main" ?disabled=${waiting}>Sign in</button>
    <p class="sub">The service stands in for the token service here, so no password is asked for. It listens on this machine only.</p>
  </form>`;

/** @param {string} address @param {() => void} done */
const atIssuer = (address, done) => html`
  <form @submit=${event => submit(event, signInAtIssuer, done)}>
    <button class="main" ?disabled=${waiting}>${icon('key')} Sign in</button>
    <p class="sub">You go to ${new URL(address).host} for that, and come back.</p>
  </form>`;

/** @param {() => void} done */
const withToken = done => html`
  <form @submit=${event => submit(event, said => signInWith(said.token ?? ''), done)}>
    ${field({label: 'Access token', name: 'token', type: 'password', required: true, wide: true, hint: 'Of an issuer that the service trusts. It is kept in the memory of this page only, and gone when it is reloaded.'})}
    <button class="main" ?disabled=${waiting}>${icon('key')} Sign in</button>
  </form>`;

/** Says why somebody who came back, or was here before, is not signed in. @param {any} error */
export function signInFailed(error) {
  fault = error;
}

/** @param {SubmitEvent} event @param {(said: Record<string, string>) => Promise<void> | void} how @param {() => void} done */
async function submit(event, how, done) {
  event.preventDefault();
  waiting = true;
  fault = null;
  paint();
  try {
    await how(values(/** @type {HTMLFormElement} */ (event.target)));
    if (session()) done(); // Else the page is about to be left, unless somebody stops it.
  } catch (error) {
    fault = error;
  }
  waiting = false;
  paint();
}
