// @ts-check
// The last runs of a report in the space of a word.

import {html, svg} from 'lit-html';

/** The last runs as bars: as high as the file has rows; a failed one is full, red and crossed. @param {import('./reports-list.js').Run[]} runs */
export function spark(runs) {
  if (!runs.length) return html`<span class="sub">–</span>`;
  const most = Math.max(1, ...runs.map(run => run.rows ?? 0));
  const failed = runs.filter(run => run.outcome === 'failed').length;
  const label = `${runs.length} runs, ${failed ? failed + ' failed' : 'none failed'}`;
  return html`<svg class="spark" viewBox="0 0 76 18" role="img" aria-label=${label}>
    ${runs.map((run, i) => {
      const x = (12 - runs.length + i) * 6.4;
      if (run.outcome === 'failed') {
        return svg`<rect class="bad" x=${x} y="2" width="5" height="16" rx="1"/><path class="x" d=${`m${x + 1} 8 3 4m0-4-3 4`}/>`;
      }
      const height = 2 + (14 * (run.rows ?? 0)) / most;
      return svg`<rect class="ok" x=${x} y=${18 - height} width="5" height=${height} rx="1"/>`;
    })}
  </svg>`;
}
