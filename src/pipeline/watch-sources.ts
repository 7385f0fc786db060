import type { AlertDecision, AlertEvent, KnownIncidents, Untold } from '../model/alert.js';
import type { Channel, Letter } from '../model/message.js';
import type { Clock, Queue } from './ports.js';

export interface WatchPorts {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly incidents: {
    tell(now: Date, decide: (known: KnownIncidents) => AlertDecision): Promise<readonly string[]>;
  };
  /** Which ways there are, by the settings. */
  readonly ways: Readonly<Record<Channel, unknown>>;
  readonly alertsAnHour: number;
  /** Words for one event, or for many in one. */
  readonly words: (events: readonly AlertEvent[]) => { readonly subject: string; readonly body: string };
}

/** An end is told once it has held so long: what comes and goes is one incident. */
const CALM_MS = 60 * 60_000;

/**
 * Tells operators of incidents: one alert when it begins, one when it has been over for an hour, and nothing in between, however
 * often it comes and goes. More than so many an hour are summed up in one; what finds no room waits for the next hour, and is
 * on the desk all the time.
 */
export async function watchSources(ports: WatchPorts): Promise<{ outcome: string; messages: number }> {
  const now = ports.clock.now();
  const ids = await ports.incidents.tell(now, (known) => decide(ports, known, now));
  await ports.queue.enqueue(
    'send-message',
    ids.map((messageId) => ({ messageId })),
  );
  return { outcome: ids.length === 0 ? 'nothing-to-do' : 'told', messages: ids.length };
}

function decide(ports: WatchPorts, { untold, toldLastHour, operators }: KnownIncidents, now: Date): AlertDecision {
  const over = (one: Untold): boolean =>
    one.endedAt !== null && !one.again && one.endedAt.getTime() <= now.getTime() - CALM_MS;
  const began = untold.filter((one) => !one.told && !one.reopened);
  const events: readonly AlertEvent[] = [
    ...began.map((incident) => ({ what: 'began' as const, incident })),
    ...untold
      .filter((one) => (one.told || one.reopened) && over(one))
      .map((incident) => ({ what: 'over' as const, incident })),
  ];
  // Told by the incident that it belongs to.
  const quietlyBegun = untold.filter((one) => !one.told && one.reopened);
  const quietlyEnded = untold.filter((one) => one.endedAt !== null && one.again);
  const groups = grouped(events, Math.max(0, ports.alertsAnHour - toldLastHour));
  const told = groups.flat();
  return {
    letters: groups.flatMap((group) => lettersFor(ports, group, operators)),
    begun: [...told.filter(({ what }) => what === 'began').map(({ incident }) => incident), ...quietlyBegun].map(idOf),
    // What is over already when it is told at all needs no second message.
    ended: [...told.map(({ incident }) => incident).filter(over), ...quietlyEnded].map(idOf),
  };
}

function idOf({ id }: Untold): number {
  return id;
}

/** Each event alone while there is room; else the last place is for all the rest together. */
function grouped(events: readonly AlertEvent[], room: number): readonly (readonly AlertEvent[])[] {
  if (events.length <= room) return events.map((event) => [event]);
  if (room === 0) return [];
  return [...events.slice(0, room - 1).map((event) => [event]), events.slice(room - 1)];
}

function lettersFor(ports: WatchPorts, events: readonly AlertEvent[], operators: readonly string[]): readonly Letter[] {
  const [first] = events;
  if (first === undefined) return [];
  const key = `${first.what}-${first.incident.id}${events.length === 1 ? '' : `-and-${events.length - 1}`}`;
  const common = { kind: 'alert', link: null } as const;
  const mails = ports.ways.mail === null ? [] : passable(events, 'mail');
  const calls = ports.ways.webhook === null ? [] : passable(events, 'webhook');
  return [
    ...(mails.length === 0 ? [] : operators).map((recipient): Letter => {
      return { ...common, ...ports.words(mails), onceKey: `alert:${key}:${recipient}`, channel: 'mail', recipient };
    }),
    ...(calls.length === 0
      ? []
      : [{ ...common, ...ports.words(calls), onceKey: `alert:${key}:`, channel: 'webhook' as const, recipient: '' }]),
  ];
}

/** That mail does not go out is not told by mail: it would never end. */
function passable(events: readonly AlertEvent[], channel: Channel): readonly AlertEvent[] {
  return events.filter(({ incident }) => !(incident.kind === 'message' && incident.subject === channel));
}
