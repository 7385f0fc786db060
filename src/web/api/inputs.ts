import { z } from 'zod';

/** Control characters but line breaks and tabs have no place in text; NUL cannot be stored. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

/** Text of at most so many characters. */
export const plain = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => !CONTROL.test(value), { error: 'Leave out control characters.' });
/** One line of it: no line breaks, no doubled spaces. */
export const line = (longest: number) => plain(longest).transform((value) => value.replace(/\s+/g, ' ').trim());
/** Of what is to be changed. */
export const seen = z.int().min(1).describe('The version that you have seen: another one is 409.');
export const headline = line(500);
export const bodyHtml = plain(1_000_000).describe('HTML. What house style does not allow is taken out.');
