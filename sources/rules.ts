import type { SharedRules } from '../src/model/source.js';

/** Rules for more than one source; those of one stand in its row. How they work together: docs/sources.md. */
export const rules: SharedRules = {
  all: {
    // What the newsfeed is for: no rule of a row or class keeps these out.
    keep: [
      'serious case review',
      'serious case reviews',
      'practice review',
      'practice reviews',
      'case management review',
      'safeguarding review',
      'safeguarding reviews',
      'safeguarding adult review',
      'safeguarding adults review',
      'safeguarding adult reviews',
      'safeguarding adults reviews',
      'domestic homicide review',
      'domestic homicide reviews',
    ],
  },
};
