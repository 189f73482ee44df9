// @ts-check
// The service's public calls, as any other client makes them. The token is kept here and nowhere else.

import {noteTime} from './time.js';

/** The address of the service: the console is one folder below it. */
export const ROOT = new URL('../', location.href.split('#')[0]);

/** What the service refused, in its own words. */
export class Refusal extends Error {
  /**
   * @param {number} status of HTTP; 0 if the service cannot be reached
   * @param {string} code its name in errors.md, if it has one
   * @param {string} text what was wrong
   * @param {string} request the id of the request, for whoever reads the log
   */
  constructor(status, code, text, request) {
    super(text);
    this.status = status;
    this.code = code;
    this.request = request;
  }
}

let token = '';
/** @type {null | (() => Promise<void>)} */
let renew = null;
/** @type {null | Promise<boolean>} */
let renewing = null;
/** @type {(busy: number) => void} */
let onBusy = () => {};
let busy = 0;
/** So long a quiet call may take, in milliseconds: nobody sees that it hangs, and the next ones wait for it. */
const QUIET = 30_000;

/**
 * Calls are made with this token from now on.
 * @param {string} value
 * @param {null | (() => Promise<void>)} again gets a new one when it has expired, or throws a Refusal
 */
export function useToken(value, again) {
  token = value;
  renew = again;
}

/** @param {(busy: number) => void} listener told how many calls are under way */
export function watchBusy(listener) {
  onBusy = listener;
}

/** @param {number} change */
function count(change) {
  busy += change;
  onBusy(busy);
}

/** @typedef {{quiet?: boolean, signal?: AbortSignal}} How quiet shows no progress; the signal says that nobody waits any longer */

/**
 * One request; what is not a success is thrown as a Refusal.
 * @param {string} method
 * @param {string} path below the address of the service
 * @param {unknown} [body] sent as JSON
 * @param {How & {again?: boolean, also?: number}} [how] also is a status that is an answer too
 * @returns {Promise<Response>}
 */
async function request(method, path, body, how = {}) {
  if (!how.quiet) count(1);
  try {
    /** @type {Record<string, string>} */
    const headers = {};
    const sent = token;
    if (token) headers.Authorization = 'Bearer ' + token;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await send(new URL(path, ROOT), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([...(how.signal ? [how.signal] : []), ...(how.quiet ? [AbortSignal.timeout(QUIET)] : [])]),
    });
    noteTime(response.headers.get('date'));
    if (response.status === 401 && !how.again && (token !== sent || (await renewOnce()))) {
      return await request(method, path, body, {...how, again: true});
    }
    return how.also === response.status ? response : await accepted(response);
  } finally {
    if (!how.quiet) count(-1);
  }
}

/** Many calls find out at once that the token has expired; one new one is enough. @returns {Promise<boolean>} */
function renewOnce() {
  renewing ??= renewed().finally(() => {
    renewing = null;
  });
  return renewing;
}

/** Once it is refused it is not asked for again: each call would ask. */
async function renewed() {
  try {
    await renew?.();
    return renew !== null;
  } catch (error) {
    if (error.status === 400 || error.status === 401) renew = null; // As OAuth refuses; all else may pass.
    return false;
  }
}

/** @param {URL | string} url @param {RequestInit} how @returns {Promise<Response>} with no cookie and from no cache */
async function send(url, how) {
  try {
    return await fetch(url, {...how, credentials: 'omit', cache: 'no-store'});
  } catch {
    throw new Refusal(0, '', 'The service cannot be reached', '');
  }
}

/** @param {Response} response @returns {Promise<Response>} itself, if it is a success */
async function accepted(response) {
  if (response.ok) return response;
  const id = response.headers.get('MS-CorrelationId') ?? '';
  let json = {};
  try {
    json = await response.json();
  } catch {
    // A proxy in between answers as it likes.
  }
  const text = json.detail ?? json.Message ?? json.message ?? json.error_description ?? `HTTP ${response.status}`;
  throw new Refusal(response.status, json.code ?? '', text, id);
}

/**
 * A call of the service's own, such as `GET reports`.
 * @param {string} method
 * @param {string} path below `reprise/v1/`
 * @param {unknown} [body]
 * @param {How} [how]
 * @returns {Promise<any>}
 */
export async function own(method, path, body, how) {
  return (await request(method, OWN + path, body, how)).json();
}

const OWN = 'reprise/v1/';

/** What a link of the service's own calls has below it: the address before it is the service's own, and may have any name. @param {string} link */
const below = link => link.slice(link.lastIndexOf(OWN) + OWN.length);

/**
 * The parts of a list of the service's own, one after the other, as long as somebody takes them.
 * @param {string} path below `reprise/v1/`
 * @param {How} [how]
 * @returns {AsyncGenerator<any, void>}
 */
export async function* parts(path, how) {
  for (let next = path; next; ) {
    const part = await own('GET', next, undefined, how);
    yield part;
    next = part.nextLink ? below(part.nextLink) : '';
  }
}

/**
 * The first parts of such a list in one.
 * @param {string} path below `reprise/v1/`
 * @param {string} name of what is listed
 * @param {number} most parts
 * @param {How} [how]
 * @returns {Promise<{found: any[], more: string}>} with the path of the part after them, if there is one
 */
export async function gather(path, name, most, how) {
  const found = [];
  let more = '';
  let read = 0;
  for await (const part of parts(path, how)) {
    found.push(...part[name]);
    more = part.nextLink ? below(part.nextLink) : '';
    if (++read === most) break;
  }
  return {found, more};
}

/**
 * What the service says of itself outside of both contracts' paths, such as at `health/ready`.
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {number} [also] a status other than success whose body is an answer all the same
 */
export async function plain(path, signal, also) {
  return (await request('GET', path, undefined, {quiet: true, signal, also})).text();
}

/**
 * A call of the public contract. Answers are spelled as the profile of the service says; here keys begin in lower case.
 * @param {string} method
 * @param {string} program such as cmp
 * @param {string} path such as `ScheduledReport/pause/...`
 * @param {unknown} [body]
 * @param {How & {version?: string}} [how]
 * @returns {Promise<{value: any[], totalCount: number, message: string, dataRedacted?: boolean}>}
 */
export async function call(method, program, path, body, how) {
  const json = await (await request(method, `insights/${how?.version ?? 'v1.1'}/${program}/${path}`, body, how)).json();
  const answer = lower(json);
  answer.value = answer.value ?? [];
  return answer;
}

/** The records of an answer with their keys in lower case; rows of a query keep the spelling of their columns. @param {{value: any[]}} answer @returns {any[]} */
export const records = answer => answer.value.map(lower);

/** @param {Record<string, any>} record @returns {any} */
function lower(record) {
  const copy = {};
  for (const [key, value] of Object.entries(record)) copy[key[0].toLowerCase() + key.slice(1)] = value;
  return copy;
}

/** The bytes behind a signed link, which needs no token. @param {string} link */
export async function bytes(link) {
  return (await accepted(await send(link, {}))).arrayBuffer();
}

/** A token of the stand-in, for a client id of one's choice. @param {string} client @param {string} tenant @returns {Promise<string>} */
export async function standInToken(client, tenant) {
  const form = {grant_type: 'client_credentials', client_id: client, client_secret: 'console'};
  const path = encodeURIComponent(tenant) + '/oauth2/token';
  const response = await send(new URL(path, ROOT), {method: 'POST', body: new URLSearchParams(form)});
  return (await (await accepted(response)).json()).access_token;
}
