import { z } from 'zod';
import { text, yesOrNo } from './field-checks.js';
import { SOURCE_CLASSES } from './source-classes.js';

const phrases = z.array(text('Write a word or phrase.', 100), { error: 'Write a list of words or phrases.' });

const PHRASES = { include: phrases.optional(), exclude: phrases.optional(), keep: phrases.optional() };
/** The rules of one row, or of one class. */
export const rules = z.strictObject(
  { ...PHRASES, always: yesOrNo.optional() },
  { error: 'Write { include: [phrases], exclude: [phrases], keep: [phrases], always: true or false }.' },
);

/** What `defineSources` takes beside the rows. */
export const SHARED_FIELDS = z.strictObject(
  {
    all: z
      .strictObject(PHRASES, { error: 'Write { include: [phrases], exclude: [phrases], keep: [phrases] }.' })
      .optional(),
    class: z
      .strictObject(Object.fromEntries(SOURCE_CLASSES.map((name) => [name, rules.optional()])), {
        error: 'Write { charity: { include, exclude, keep, always }, … }.',
      })
      .optional(),
  },
  { error: 'Write { all: { include, exclude, keep }, class: { charity: { include, exclude, keep, always } } }.' },
);
