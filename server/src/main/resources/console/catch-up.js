// @ts-check
// What a resume makes of missed slots, in words.

/** @type {[string, string, string][]} each by the name that calls take */
export const CATCH_UP = [
  ['skip', 'Skip', 'None of the missed slots runs.'],
  ['latest', 'Latest', 'The newest missed slot runs at once.'],
  ['all', 'All', 'Every missed slot runs, oldest first, one at a time.'],
  ['merged', 'Merged', 'One file with the data of all of them.'],
];
