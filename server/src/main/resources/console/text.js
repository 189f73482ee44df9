// @ts-check
// Numbers and sizes, as tables show them.

/** Such as `1,234.5`, with three decimals at most. By hand: a browser takes 50 ms for its first `Intl.NumberFormat`. @param {number} value */
function grouped(value) {
  if (!(Math.abs(value) < 1e12)) return exact(value);
  const [whole, decimals] = String(Math.round(value * 1000) / 1000).split('.');
  return whole.replace(/\d(?=(\d{3})+$)/g, '$&,') + (decimals ? '.' + decimals : '');
}

/** @param {number | null | undefined} value */
export const number = value => (value === null || value === undefined ? '–' : grouped(value));

/** @type {Intl.NumberFormat | undefined} */
let digits;

/** A number of somebody's data, with every digit. @param {number} value */
export function exact(value) {
  digits ??= new Intl.NumberFormat('en-US', {maximumFractionDigits: 20});
  return digits.format(value);
}

/** Such as `1,605 ms`, `12.4 s`, `3 min 20 s`. @param {number | null | undefined} millis */
export function duration(millis) {
  if (millis === null || millis === undefined) return '–';
  if (millis < 10_000) return grouped(millis) + ' ms';
  if (millis < 59_950) return (millis / 1000).toFixed(1) + ' s';
  const seconds = Math.round(millis / 1000);
  return Math.floor(seconds / 60) + ' min ' + (seconds % 60) + ' s';
}

/** Such as `2.1 MB`. @param {number | null | undefined} bytes */
export function size(bytes) {
  if (bytes === null || bytes === undefined) return '–';
  if (bytes < 1000) return bytes + ' B';
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < units.length - 1);
  return (value < 10 ? value.toFixed(1) : Math.round(value)) + ' ' + units[unit];
}

/** `1 report`, `2 reports`. @param {number} count @param {string} thing */
export const many = (count, thing) => `${number(count)} ${thing}${count === 1 ? '' : 's'}`;

/** @type {Intl.Collator | undefined} */
let collator;

/** Compares texts as people sort them. @param {string} one @param {string} other @returns {number} */
export function compare(one, other) {
  collator ??= new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
  return collator.compare(one, other);
}
