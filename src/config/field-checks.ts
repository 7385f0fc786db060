import { z } from 'zod';

/** Every message is the remedy, as it is shown to the operator. */
export const text = (remedy: string, most = 500) =>
  z.string({ error: remedy }).refine((value) => value.trim() !== '' && value.length <= most, { error: remedy });
export const whole = (least: number, most: number) => {
  const remedy = `Write a whole number from ${least} to ${most}.`;
  return z.int({ error: remedy }).min(least, { error: remedy }).max(most, { error: remedy });
};
export const oneOf = (known: Readonly<Record<string, true>>) =>
  z.enum(Object.keys(known), { error: `Write one of: ${Object.keys(known).join(', ')}.` });
export const yesOrNo = z.boolean({ error: 'Write true or false.' });
export const filled = <T extends z.ZodType>(entry: T, remedy: string) =>
  z.array(entry, { error: remedy }).min(1, { error: remedy });
