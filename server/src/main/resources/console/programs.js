// @ts-check
// From one program to another, where there are several.

import {html, nothing} from 'lit-html';
import {service} from './service.js';

/** @param {string} current @param {(program: string) => string} address of the page for a program */
export const programs = (current, address) =>
  service.programs.length > 1
    ? html`<nav class="seg" aria-label="Program">${service.programs.map(name => html`<a href=${address(name)} aria-current=${name === current ? 'true' : nothing}>${name}</a>`)}</nav>`
    : nothing;
