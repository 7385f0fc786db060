import type { Reading, SourceMemory } from '../model/reading.js';
import { listOf, record, textOf } from './memory.js';

export type PollingWishes = Pick<Reading, 'askMinutes' | 'skipHours' | 'skipDays'>;

/** The reading with the source's own wishes kept in its memory: they hold for the looks that find nothing changed, too. */
export function withWishesKept(reading: Reading): Reading {
  const { askMinutes, skipHours, skipDays } = reading;
  if (askMinutes === undefined && skipHours === undefined && skipDays === undefined) return reading;
  return { ...reading, memory: { ...reading.memory, wishes: { askMinutes, skipHours, skipDays } } };
}

/** How a source asked to be polled when it was last read; nothing when it asked for nothing, or was not read yet. */
export function wishesIn(memory: SourceMemory | null): PollingWishes {
  const wishes = record(memory?.['wishes']);
  if (wishes === null) return {};
  const minutes = wishes['askMinutes'];
  const hours = listOf(wishes['skipHours']).filter((hour) => typeof hour === 'number');
  const days = listOf(wishes['skipDays']).flatMap((day) => textOf(day) ?? []);
  return {
    ...(typeof minutes === 'number' ? { askMinutes: minutes } : {}),
    ...(hours.length === 0 ? {} : { skipHours: hours }),
    ...(days.length === 0 ? {} : { skipDays: days }),
  };
}
