// @ts-check
// Fields of forms, each with its label and its hint. What somebody types stays when the page is drawn anew.

import {html, nothing} from 'lit-html';

/**
 * @param {{label: string, name: string, value?: string, type?: string, hint?: unknown, placeholder?: string,
 *   required?: boolean, input?: (value: string) => void, list?: string[], min?: string, max?: string, wide?: boolean,
 *   length?: number}} field
 */
export const field = field => html`
  <label class="field ${field.wide ? 'wide' : ''}"><span>${field.label}</span>
    <input name=${field.name} type=${field.type ?? 'text'} .value=${field.value ?? ''} placeholder=${field.placeholder ?? ''}
      ?required=${field.required} min=${field.min ?? nothing} max=${field.max ?? nothing} maxlength=${field.length ?? nothing}
      autocomplete="off" spellcheck="false" list=${field.list ? field.name + '-list' : nothing}
      @input=${event => field.input?.(event.target.value)}>
    ${field.list ? html`<datalist id=${field.name + '-list'}>${field.list.map(text => html`<option value=${text}></option>`)}</datalist>` : nothing}
    ${field.hint ? html`<small>${field.hint}</small>` : nothing}
  </label>`;

/**
 * @param {{label: string, name: string, value: string, options: [string, string][], hint?: unknown,
 *   input?: (value: string) => void, wide?: boolean}} field
 */
export const choice = field => html`
  <label class="field ${field.wide ? 'wide' : ''}"><span>${field.label}</span>
    <select name=${field.name} @change=${event => field.input?.(event.target.value)}>
      ${field.options.map(([value, text]) => html`<option value=${value} ?selected=${value === field.value}>${text}</option>`)}
    </select>
    ${field.hint ? html`<small>${field.hint}</small>` : nothing}
  </label>`;

/** What a form says, by name, without what is empty. @param {HTMLFormElement} form @returns {Record<string, string>} */
export function values(form) {
  /** @type {Record<string, string>} */
  const said = {};
  for (const [name, value] of new FormData(form)) if (String(value).trim() !== '') said[name] = String(value).trim();
  return said;
}
