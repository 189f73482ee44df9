// @ts-check
// Who is signed in. Tokens stay in memory: after a reload the stand-in is asked for another, or the issuer, which knows who
// is still signed in there.

import {standInToken, useToken} from './api.js';
import {service} from './service.js';

/** @typedef {{user: string, tenant: string, roles: string[], ofStandIn: boolean}} Session */
/** @typedef {import('./issuer.js').Tokens} Tokens */
/** @type {Session | null} */
let current = null;

export const session = () => current;

/** Who signed in last in this tab: names, no secret. */
const KEPT = 'reprise.who';

/** Signs in with a client id that the stand-in knows or takes for an executive's. @param {string} client @param {string} tenant */
export async function signIn(client, tenant) {
  const token = await standInToken(client, tenant);
  const renew = async () => useToken(await standInToken(client, tenant), renew);
  useToken(token, renew);
  current = read(token, true);
  sessionStorage.setItem(KEPT, JSON.stringify({client, tenant}));
}

/** Signs in with a token that somebody got elsewhere. @param {string} token */
export function signInWith(token) {
  current = read(token.trim(), false);
  useToken(token.trim(), null);
}

/** How people sign in at an issuer, which few services have. */
const atIssuer = () => import('./issuer.js');

/** Leaves for the issuer; what follows is [resume], when it sends people back. */
export const signInAtIssuer = async () => (await atIssuer()).goToIssuer(false);

/** @param {Tokens} tokens */
function use(tokens) {
  const refresh = tokens.refresh_token;
  const renew = async () => use({refresh_token: refresh, ...(await (await atIssuer()).renewed(String(refresh)))});
  useToken(tokens.access_token, refresh ? renew : null);
  current = read(tokens.access_token, false);
}

/** Signs in who comes back from the issuer, or as before a reload, if that can be done without asking. */
export async function resume() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT); // Should it fail, it is not tried for ever.
  if (service.issuer) {
    const issuer = await atIssuer();
    const tokens = await issuer.comeBack();
    if (tokens) {
      use(tokens);
      sessionStorage.setItem(KEPT, JSON.stringify({issuer: service.issuer.address}));
      return true;
    }
    if (kept?.issuer) {
      await issuer.goToIssuer(true);
      await new Promise(() => {}); // The page is about to be left: nothing more is to be shown.
    }
  }
  if (!service.standIn || !kept?.client) return false;
  await signIn(kept.client, kept.tenant);
  return true;
}

export function signOut() {
  current = null;
  useToken('', null);
  sessionStorage.removeItem(KEPT);
}

/** @param {string} token @param {boolean} ofStandIn whether the stand-in gave it @returns {Session} */
function read(token, ofStandIn) {
  const said = claims(token);
  return {
    // To the stand-in a client is who signs in; elsewhere it is the program that people sign in with, such as this console.
    user: String(said.preferred_username ?? said.upn ?? (ofStandIn ? said.appid : null) ?? said.oid ?? said.sub ?? ''),
    tenant: String(said.tid ?? ''),
    ofStandIn,
    roles: ofStandIn ? [].concat(said.roles ?? []) : [],
  };
}

/** Roles in a word, as the stand-in gives them; where others' tokens have them, and by which names, is known to the service alone. */
export function role() {
  const roles = current?.roles ?? [];
  if (roles.includes('ReportAdmin')) return 'administrator';
  if (roles.includes('ExecutiveReportViewer')) return 'executive';
  if (roles.includes('ReportViewer')) return 'viewer';
  return current?.ofStandIn ? 'no role' : '';
}

/** What a token says; only the service can tell whether it is true. @param {string} token @returns {any} */
export function claims(token) {
  const part = token.split('.')[1];
  if (!part) throw new Error('This is not a token: it has no three parts');
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error('This is not a token: its second part cannot be read');
  }
}
