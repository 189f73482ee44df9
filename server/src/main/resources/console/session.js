// @ts-check
// Who is signed in. The token itself stays in api.js, in memory: a reload asks the stand-in for another.

import {standInToken, useToken} from './api.js';

const said = name => document.querySelector(`meta[name="reprise-${name}"]`)?.getAttribute('content') ?? '';

/** What the service says of itself in the page. */
export const service = {
  version: said('version'),
  programs: said('programs').split(' ').filter(name => name),
  standIn: said('sign-in') === 'stand-in',
  testClock: said('clock') === 'test',
  /** The modules that the first pages do not need. */
  later: said('later').split(' ').filter(path => path),
};

/** @typedef {{user: string, tenant: string, roles: string[], expires: number}} Session */
/** @type {Session | null} */
let current = null;

export const session = () => current;

const KEPT = 'reprise.who';

/** Signs in with a client id that the stand-in knows or takes for an executive's. */
export async function signIn(client, tenant) {
  const token = await standInToken(client, tenant);
  const renew = async () => {
    try {
      useToken(await standInToken(client, tenant), renew);
      return true;
    } catch {
      return false;
    }
  };
  useToken(token, renew);
  current = read(token);
  sessionStorage.setItem(KEPT, JSON.stringify({client, tenant})); // No secret: names only.
}

/** Signs in with a token that somebody got elsewhere. */
export function signInWith(token) {
  current = read(token.trim());
  useToken(token.trim(), null);
}

/** Signs in as before a reload, if that can be done without asking. */
export async function resume() {
  const kept = sessionStorage.getItem(KEPT);
  if (!service.standIn || !kept) return false;
  try {
    const {client, tenant} = JSON.parse(kept);
    await signIn(client, tenant);
    return true;
  } catch {
    return false;
  }
}

export function signOut() {
  current = null;
  useToken('', null);
  sessionStorage.removeItem(KEPT);
}

/** What a token says of its bearer; only the service can tell whether it is true. */
function read(token) {
  const part = token.split('.')[1];
  if (!part) throw new Error('This is not a token: it has no three parts');
  let claims;
  try {
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), char => char.charCodeAt(0));
    claims = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error('This is not a token: its second part cannot be read');
  }
  return {
    user: String(claims.preferred_username ?? claims.upn ?? claims.appid ?? claims.azp ?? claims.oid ?? claims.sub ?? ''),
    tenant: String(claims.tid ?? ''),
    roles: [].concat(claims.roles ?? []),
    expires: Number(claims.exp ?? 0) * 1000,
  };
}

/** Roles in a word. */
export function role() {
  const roles = current?.roles ?? [];
  if (roles.includes('ReportAdmin')) return 'administrator';
  if (roles.includes('ExecutiveReportViewer')) return 'executive';
  if (roles.includes('ReportViewer')) return 'viewer';
  return roles.length ? roles.join(', ') : 'no role';
}
