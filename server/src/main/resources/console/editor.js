// @ts-check
// The editor of queries. It is in a shadow tree: there CodeMirror's styles are sheets that it makes, which need no exception
// from the Content-Security-Policy, and keys that are typed in it are nobody else's. Tab leaves it, as it leaves any field.

import {autocompletion} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
import {linter, lintGutter, nextDiagnostic, setDiagnostics} from '@codemirror/lint';
import {Compartment, EditorState, Prec} from '@codemirror/state';
import {EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder} from '@codemirror/view';
import {queryColours, queryLanguage} from './query-language.js';
import {options} from './query-text.js';

/**
 * @typedef {import('./catalog.js').Dataset} Dataset
 * @typedef {{code: string, message: string, line: number, column: number, length: number, suggestion: string | null}} Fault
 * @typedef {object} Use
 * @property {() => Dataset[]} sets what may be queried
 * @property {(text: string) => Promise<Fault[]>} check what is wrong with a text
 * @property {(text: string) => void} changed told each text that somebody writes
 * @property {(faults: Fault[]) => void} checked told what is wrong with the text that is there
 * @property {() => void} run
 */

/** How long somebody rests before what they have written is checked, in milliseconds. */
const REST = 350;

/** @param {Use} use */
export function makeEditor(use) {
  const host = document.createElement('div');
  const root = host.attachShadow({mode: 'open'});
  const language = new Compartment();
  const check = linter(
    async view => {
      const doc = view.state.doc;
      const faults = await use.check(doc.toString());
      if (view.state.doc.eq(doc)) use.checked(faults);
      return faults.map(fault => mark(view.state, fault));
    },
    {delay: REST},
  );
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      extensions: [
        Prec.highest(keymap.of([{key: 'Mod-Enter', run: () => (use.run(), true)}])),
        keymap.of([{key: 'F8', run: nextDiagnostic}, ...historyKeymap, ...defaultKeymap]),
        language.of(queryLanguage([])),
        queryColours,
        autocompletion({override: [context => complete(context, use.sets())], icons: false, interactionDelay: 0}),
        check,
        lintGutter(),
        lineNumbers(),
        history(),
        highlightSpecialChars(),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({beforeinput: typeOver}),
        placeholder('SELECT OfferName, OrderStatus FROM ISVOrder TIMESPAN LAST_MONTH'),
        EditorView.contentAttributes.of({'aria-label': 'Query'}),
        EditorView.updateListener.of(update => {
          if (update.docChanged) use.changed(update.state.doc.toString());
        }),
        looks,
      ],
    }),
  });
  return {
    host,
    /** Shows another text. @param {string} text */
    show(text) {
      view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}});
    },
    /** @param {Dataset[]} sets whose names get their looks */
    know(sets) {
      view.dispatch({effects: language.reconfigure(queryLanguage(sets))});
    },
    /** Writes a name where one is, with what has to be before it. @param {string} name */
    insert(name) {
      const {from, to} = view.state.selection.main;
      const insert = gap(view.state.sliceDoc(0, from)) + name;
      view.dispatch({changes: {from, to, insert}, selection: {anchor: from + insert.length}, userEvent: 'input'});
      view.focus();
    },
    /** @param {Fault[]} faults */
    mark(faults) {
      view.dispatch(setDiagnostics(view.state, faults.map(fault => mark(view.state, fault))));
    },
    /** @param {Fault} fault to whose place it goes */
    goTo(fault) {
      const {from, to} = mark(view.state, fault);
      view.dispatch({selection: {anchor: from, head: to}, scrollIntoView: true});
      view.focus();
    },
    /** Writes what the service suggests. @param {Fault} fault */
    mend(fault) {
      const {from, to} = mark(view.state, fault);
      mend(view, from, to, fault.suggestion ?? '');
    },
    /** After it has been put into the page anew. */
    measure: () => view.requestMeasure(),
  };
}

/** @param {import('@codemirror/autocomplete').CompletionContext} context @param {Dataset[]} sets */
function complete(context, sets) {
  const found = options(context.state.doc.toString(), context.pos, sets);
  if (!found) return null;
  // Before a letter is typed, names are offered after a space only: after a comma Enter begins a line.
  if (found.from === context.pos && !context.explicit && !(found.eager && context.matchBefore(/ $/))) return null;
  /** What is whole already is not offered, so that Enter begins a line. @param {string} text */
  const whole = text => {
    const fits = found.options.filter(option => option.label.toLowerCase().startsWith(text.toLowerCase()));
    return fits.length === 1 && fits[0].label.length === text.length;
  };
  if (!context.explicit && whole(context.state.sliceDoc(found.from, context.pos))) return null;
  return {from: found.from, options: found.options, validFor: (/** @type {string} */ text) => /^[\w$#]*$/.test(text) && !whole(text)};
}

/**
 * What is typed over a selection is written here: the browser would give it the looks of what was there, as inline styles,
 * which the page's policy forbids.
 * @param {InputEvent} event @param {EditorView} view
 */
function typeOver(event, view) {
  if (event.inputType !== 'insertText' || !event.data || event.isComposing || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(event.data), {userEvent: 'input.type', scrollIntoView: true});
  return true;
}

/** Columns and lengths count characters, the editor counts units of UTF-16. @param {EditorState} state @param {Fault} fault */
function mark(state, fault) {
  const line = state.doc.line(Math.min(fault.line, state.doc.lines));
  const from = line.from + [...line.text].slice(0, fault.column - 1).join('').length;
  const to = from + [...state.sliceDoc(from, from + 2 * fault.length)].slice(0, fault.length).join('').length;
  const {suggestion} = fault;
  return {
    from,
    to,
    severity: /** @type {const} */ ('error'),
    message: fault.message,
    actions: suggestion ? [{name: 'Write ' + suggestion, apply: (/** @type {EditorView} */ view, /** @type {number} */ start, /** @type {number} */ end) => mend(view, start, end, suggestion)}] : [],
  };
}

/** @param {EditorView} view @param {number} from @param {number} to @param {string} insert */
function mend(view, from, to, insert) {
  view.dispatch({changes: {from, to, insert}, selection: {anchor: from + insert.length}, userEvent: 'input'});
  view.focus();
}

/** What is between a text and a name that follows it. @param {string} before */
function gap(before) {
  if (before === '' || /[\s(,]$/.test(before)) return '';
  return /[\w]$/.test(before) && !/\b(SELECT|DISTINCT|FROM|WHERE|BY|AND|TIMESPAN)$/i.test(before) ? ', ' : ' ';
}

const looks = EditorView.theme({
  '&': {fontSize: '13px', color: 'var(--text)', background: 'var(--surface)', border: '1px solid var(--edge)', borderRadius: 'var(--r)', minHeight: '190px', maxHeight: '420px'},
  '&.cm-focused': {outline: '2px solid var(--accent)', outlineOffset: '1px'},
  '.cm-scroller': {fontFamily: 'var(--mono)', lineHeight: '20px', minHeight: '188px'},
  '.cm-content': {caretColor: 'var(--text)', padding: '6px 0'},
  '.cm-gutters': {background: 'none', color: 'var(--muted)', border: '0'},
  '.cm-placeholder': {color: 'var(--muted)'},
  '.cm-tooltip': {background: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--edge)', borderRadius: 'var(--r)', maxWidth: 'min(520px, 90vw)'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {fontFamily: 'var(--mono)', fontSize: '12px', maxHeight: '230px'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {padding: '3px 8px', display: 'flex', gap: '16px', justifyContent: 'space-between', lineHeight: '18px'},
  '.cm-tooltip-autocomplete ul li[aria-selected]': {background: 'var(--accent)', color: 'var(--on-accent)'},
  '.cm-completionMatchedText': {textDecoration: 'none', fontWeight: '600'},
  '.cm-completionDetail': {fontStyle: 'normal', fontFamily: 'system-ui, sans-serif', margin: '0', color: 'var(--muted)'},
  'li[aria-selected] .cm-completionDetail': {color: 'inherit'},
  '.cm-diagnostic-error': {borderLeft: '3px solid var(--bad)', padding: '6px 10px', font: '13px/20px system-ui, sans-serif', whiteSpace: 'pre-wrap'},
  '.cm-diagnosticAction': {font: 'inherit', color: 'var(--text)', background: 'var(--surface)', border: '1px solid var(--edge)', borderRadius: 'var(--r)', height: '26px', marginLeft: '8px', cursor: 'pointer'},
  '.cm-lintPoint-error::after': {borderBottomColor: 'var(--bad)'},
});
