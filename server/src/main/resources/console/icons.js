// @ts-check
// Icons in line: one stroke, 16 units wide. Each says with its shape what its colour says.

import {html, svg} from 'lit-html';

export const mark = html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4"/><path d="M4.5 4v8M7 8l5-4v8z"/></svg>`;

const circle = svg`<circle cx="8" cy="8" r="6"/>`;
const SHAPES = {
  active: svg`${circle}<path d="M5.2 8.2 7.3 10.3 10.9 6"/>`,
  paused: svg`${circle}<path d="M6.5 5.6v4.8M9.5 5.6v4.8"/>`,
  running: svg`${circle}<path class="solid" d="M6.8 5.5 10.8 8l-4 2.5z"/>`,
  failing: svg`<path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5z"/><path d="M8 5v3.6M8 10.4v.9"/>`,
  inactive: svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2.4 2"/>`,
  pending: svg`${circle}<path d="M8 4.8V8l2.2 1.6"/>`,
  skipped: svg`${circle}<path d="M4 12 12 4"/>`,
  merged: svg`<path d="M3 3.5v3c0 2 1 3 3 3h7M10.5 6.8 13.2 9.5l-2.7 2.7"/>`,
  search: svg`<circle cx="7" cy="7" r="4.4"/><path d="m10.4 10.4 3.4 3.4"/>`,
  theme: svg`${circle}<path class="solid" d="M8 2a6 6 0 0 1 0 12z"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  download: svg`<path d="M8 2.5v7M4.8 6.8 8 10l3.2-3.2M3 13.5h10"/>`,
  up: svg`<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7"/>`,
  down: svg`<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9"/>`,
  more: svg`<path d="m4 6.5 4 4 4-4"/>`,
  less: svg`<path d="m4 9.5 4-4 4 4"/>`,
  key: svg`<circle cx="5" cy="8" r="2.6"/><path d="M7.6 8h6M11.4 8v2.4"/>`,
};

/** @param {keyof SHAPES} name */
export const icon = name => html`<svg class="ico" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;

const STATES = {
  active: ['ok', 'active', 'Active'],
  paused: ['warn', 'paused', 'Paused'],
  running: ['run', 'running', 'Running'],
  failing: ['bad', 'failing', 'Failing'],
  inactive: ['idle', 'inactive', 'Inactive'],
  completed: ['ok', 'active', 'Completed'],
  failed: ['bad', 'failing', 'Failed'],
  pending: ['idle', 'pending', 'Pending'],
  skipped: ['idle', 'skipped', 'Skipped'],
  merged: ['idle', 'merged', 'Merged'],
  waiting: ['idle', 'pending', 'Waiting'],
  delivered: ['ok', 'active', 'Delivered'],
  gone: ['idle', 'skipped', 'Gone'],
};

/** Icon, word and colour of a state; always all three. */
export const state = (name, more = '') => {
  const [colour, shape, word] = STATES[name] ?? STATES.inactive;
  return html`<span class="st ${colour}">${icon(/** @type {any} */ (shape))}${word}${more}</span>`;
};
