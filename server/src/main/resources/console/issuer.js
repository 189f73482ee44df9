// @ts-check
// Signing in at an issuer: the code flow of OpenID Connect with PKCE (RFC 7636), in this window. Tokens stay in the memory of
// the page; what is kept on the way there and back is of no use to anybody else.

import {Refusal} from './api.js';
import {service} from './service.js';
import {claims} from './session.js';

/**
 * @typedef {{issuer: string, authorization_endpoint: string, token_endpoint: string, authorization_response_iss_parameter_supported?: boolean}} Discovery
 * @typedef {{access_token: string, id_token?: string, refresh_token?: string}} Tokens
 */

/** What was sent along: the answer has to fit it. */
const BEGUN = 'reprise.sign-in';

/** So far apart clocks may be, in milliseconds. */
const SKEW = 60_000;

/** Where the issuer sends people back to: this page, without what it shows. */
const here = () => location.href.split(/[?#]/)[0];

const setting = () => {
  if (!service.issuer) throw new Error('No issuer is set');
  return service.issuer;
};

/** @param {ArrayBuffer} bytes */
const base64url = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)).buffer);

/** @param {string} url of the issuer @param {Record<string, string>} [form] @returns {Promise<any>} */
async function ask(url, form) {
  let response;
  try {
    response = await fetch(url, {method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form), credentials: 'omit', cache: 'no-store'});
  } catch {
    throw new Refusal(0, '', `${new URL(url).origin} cannot be reached, or does not answer pages of ${location.origin}`, '');
  }
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refusal(response.status, '', `${new URL(url).origin} refuses: ${json.error_description ?? json.error ?? 'HTTP ' + response.status}`, '');
  }
  return json;
}

/** @returns {Promise<Discovery>} */
async function discover() {
  const {address} = setting();
  const found = await ask(address + '/.well-known/openid-configuration');
  // The page's policy lets it talk to the issuer alone, and nobody is sent elsewhere with a password in mind.
  for (const endpoint of [found.authorization_endpoint, found.token_endpoint]) {
    if (new URL(endpoint).origin !== new URL(address).origin) throw new Error(`${endpoint} is not at ${address}`);
  }
  return found;
}

/** Goes to the issuer. @param {boolean} silent whether it may ask nothing: who is not signed in there comes back at once */
export async function goToIssuer(silent) {
  if (!crypto.subtle) throw new Error('Signing in needs https, or a service on this machine');
  const {client, scopes} = setting();
  const found = await discover();
  const begun = {state: random(), nonce: random(), verifier: random(), place: location.hash, silent};
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier)));
  const to = new URL(found.authorization_endpoint);
  const said = {
    response_type: 'code',
    response_mode: 'fragment', // What follows a # is sent to nobody, and stands in no log.
    client_id: client,
    redirect_uri: here(),
    scope: scopes,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(silent ? {prompt: 'none'} : {}),
  };
  for (const [name, value] of Object.entries(said)) to.searchParams.set(name, value);
  location.assign(to);
}

/** What the issuer has answered in the address, if it sent somebody back. Pages' own addresses begin with `#/`. */
function answer() {
  for (const part of [location.hash.startsWith('#/') ? '' : location.hash.slice(1), location.search.slice(1)]) {
    const given = new URLSearchParams(part);
    if (given.has('state') && (given.has('code') || given.has('error'))) return given;
  }
  return null;
}

/** @returns {Promise<Tokens | null>} of who comes back from the issuer; null for everybody else */
export async function comeBack() {
  const given = answer();
  if (!given) return null;
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null');
  sessionStorage.removeItem(BEGUN);
  history.replaceState(null, '', here() + (begun?.place ?? '')); // The code is in no history either.
  if (!begun || given.get('state') !== begun.state) throw new Error('This sign-in was not begun here: begin again');
  if (given.has('error')) {
    if (begun.silent) return null;
    throw new Error(`${setting().address} refuses: ${given.get('error_description') ?? given.get('error')}`);
  }
  const found = await discover();
  const from = given.get('iss'); // RFC 9207: which issuer it was.
  if (from ? from !== found.issuer : found.authorization_response_iss_parameter_supported) throw new Error('Another issuer has answered');
  const tokens = await ask(found.token_endpoint, {
    grant_type: 'authorization_code',
    client_id: setting().client,
    code: given.get('code') ?? '',
    redirect_uri: here(),
    code_verifier: begun.verifier,
  });
  checkIdToken(claims(tokens.id_token ?? ''), found, begun.nonce);
  return tokens;
}

/**
 * It came from the token endpoint itself, so that its signature need not be looked at (OpenID Connect Core 3.1.3.7, number 6).
 * @param {any} said its claims @param {Discovery} found @param {string} nonce
 */
function checkIdToken(said, found, nonce) {
  const issuer = found.issuer.replace('{tenantid}', said.tid);
  const audience = [].concat(said.aud);
  if (said.iss !== issuer || !audience.includes(/** @type {never} */ (setting().client))) throw new Error('The issuer answers for somebody else');
  if (!(said.exp * 1000 > Date.now() - SKEW)) throw new Error('What the issuer answers has expired: sign in again, and look at the clock of this machine');
  if (said.nonce !== nonce) throw new Error('The issuer answers another request');
}

/** @param {string} refresh @returns {Promise<Tokens>} */
export async function renewed(refresh) {
  const found = await discover();
  return ask(found.token_endpoint, {grant_type: 'refresh_token', client_id: setting().client, refresh_token: refresh});
}
