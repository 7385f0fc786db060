import { z } from 'zod';

/** One of the names of a table of ours. */
export const names = <T extends string>(table: Readonly<Record<T, unknown>>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);
export const moment = z.iso.datetime().describe('In UTC.');
export const uuid = z.uuid();
export const count = z.int().min(0);
