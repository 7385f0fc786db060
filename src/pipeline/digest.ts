import type { DigestFacts, DigestReader } from '../model/digest.js';
import type { Letter } from '../model/message.js';
import type { Role } from '../model/role.js';
import type { Clock, Queue } from './ports.js';

/** What of the store a digest needs. */
export interface DigestBook {
  /** Who wants one and has none for this day yet. */
  readersWithout(day: string): Promise<readonly DigestReader[]>;
  digestFacts(since: Date, now: Date): Promise<DigestFacts>;
  /** Gives the ids of those written now; one that was written for that day and person before is passed over. */
  write(letters: readonly Letter[], now: Date): Promise<readonly string[]>;
}

export interface DigestPorts {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly book: DigestBook;
  /** `HH:MM` in London, on working days; `null`: there are no digests, or no mail. */
  readonly at: string | null;
  readonly words: (
    facts: DigestFacts,
    reader: { readonly role: Role; readonly day: string; readonly since: Date },
  ) => { readonly subject: string; readonly body: string };
}

const DAY_MS = 86_400_000;
/** Later than this after its time a morning digest is none: a newsdesk that comes back in the evening waits for the next one. */
const LATEST_MS = 6 * 3_600_000;

const LONDON = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * Writes the morning digest on working days from its time on, once a day and person: the store keeps the day with the message, so
 * restarts and several processes change nothing. Monday tells of the weekend too.
 */
export async function writeDigests(ports: DigestPorts): Promise<{ outcome: string; messages: number }> {
  const now = ports.clock.now();
  const nothing = { outcome: 'nothing-to-do', messages: 0 };
  const due = ports.at === null ? null : digestDue(now, ports.at);
  if (due === null) return nothing;
  const readers = await ports.book.readersWithout(due.day);
  if (readers.length === 0) return nothing;
  const facts = await ports.book.digestFacts(due.since, now);
  const letters = readers.map((reader): Letter => {
    const words = ports.words(facts, { role: reader.role, day: due.day, since: due.since });
    const onceKey = `digest:${due.day}:${reader.id}`;
    return { ...words, onceKey, kind: 'digest', channel: 'mail', recipient: reader.email, link: null };
  });
  const ids = await ports.book.write(letters, now);
  await ports.queue.enqueue(
    'send-message',
    ids.map((messageId) => ({ messageId })),
  );
  return { outcome: 'written', messages: ids.length };
}

/**
 * The London day whose digest is due, and from when on it tells. `null`: a weekend, too early or too late. A time that the clocks
 * skip is due when they have passed it; one that comes twice is due the first time.
 */
export function digestDue(now: Date, at: string): { readonly day: string; readonly since: Date } | null {
  const parts = partsOf(now);
  if (parts.weekday === 'Sat' || parts.weekday === 'Sun') return null;
  const late = minutesOf(`${parts.hour}:${parts.minute}`) - minutesOf(at);
  if (late < 0 || late * 60_000 > LATEST_MS) return null;
  const days = parts.weekday === 'Mon' ? 3 : 1;
  return { day: `${parts.year}-${parts.month}-${parts.day}`, since: new Date(now.getTime() - days * DAY_MS) };
}

function partsOf(at: Date): Readonly<Record<string, string>> & { readonly weekday: string } {
  const parts = Object.fromEntries(LONDON.formatToParts(at).map(({ type, value }) => [type, value]));
  return { ...parts, weekday: parts['weekday'] ?? '' };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
