// @ts-check
// What the service says of itself in the page.

const said = (/** @type {string} */ name) => document.querySelector(`meta[name="reprise-${name}"]`)?.getAttribute('content') ?? '';

export const service = {
  version: said('version'),
  programs: said('programs').split(' ').filter(name => name),
  standIn: said('stand-in') === 'true',
  /** Where people sign in, if that is set. */
  issuer: said('issuer') ? {address: said('issuer'), client: said('client'), scopes: said('scopes')} : null,
  testClock: said('clock') === 'test',
  /** The modules that every page but the first needs. */
  soon: said('soon').split(' ').filter(path => path),
  /** Those that only the workbench needs. */
  later: said('later').split(' ').filter(path => path),
};
