import type { Source } from './source.js';

/** Begins the ids of sources that no configuration has: what editors add by address, of organisations that nobody watches. */
const PREFIX = 'by-hand:';
const LONGEST_NAME = 100;
const CONTROL = /\p{Cc}/u;

/** The id under which items of an organisation are kept that nobody watches; `null` when that cannot be its name. */
export function byHandId(organisation: string): string | null {
  const name = organisation.replace(/\s+/g, ' ').trim();
  return name === '' || name.length > LONGEST_NAME || CONTROL.test(name) ? null : `${PREFIX}${name}`;
}

/**
 * The source of what was added by hand, made from its id alone, so that every process knows it: never polled, never in a schedule.
 * An editor wanted the item, so that no rule keeps it out; it never takes the lead from a source that is watched.
 */
export function byHandSource(id: string): Source | undefined {
  if (!id.startsWith(PREFIX)) return undefined;
  const name = id.slice(PREFIX.length);
  return {
    id,
    name,
    kind: 'page',
    class: 'press',
    url: 'https://by-hand.invalid/',
    evidence: 'guess',
    enabled: false,
    rules: { always: true },
  };
}
