import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSources } from '../demo/demo-sources.js';
import { startSmallWeb, type SmallWeb } from '../demo/small-web.js';
import { toldEvent } from '../demo/told-event.js';
import { Failure } from '../model/failure.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Source } from '../model/source.js';
import { createFetcher, type Fetcher } from '../net/fetcher.js';
import { memoryPacing } from '../net/pace.js';
import { userAgent } from '../net/user-agent.js';
import { lookAt } from '../pipeline/look-at.js';
import type { SourceStanding } from '../pipeline/ports.js';
import { readSource } from '../sources/read-source.js';

/** `expected.json` of a fixture case. */
export interface Expected {
  /** The case before it, whose memory it begins with. Default: `baseline`; the baseline begins with none. */
  readonly after?: string;
  /** What the case shows. */
  readonly why?: string;
  readonly failure?: string;
  readonly health?: Reading['health'];
  readonly events?: readonly Readonly<Record<string, unknown>>[];
}

/** What is expected of a case. @throws {Error} when the case has no `expected.json` */
export function expectedOf(fixtures: string, sourceId: string, name: string): Expected {
  return JSON.parse(readFileSync(join(fixtures, sourceId, name, 'expected.json'), 'utf8')) as Expected;
}

/** The small web with a fetcher that may ask it, as the demo has them. */
export async function openSmallWeb(
  fixtures: string,
  cases: readonly string[],
): Promise<SmallWeb & { readonly fetcher: Fetcher }> {
  const web = await startSmallWeb({ port: 0, fixtures, cases });
  const fetcher = createFetcher({
    userAgent: userAgent('0.0.0', 'mailto:tests@newsdesk.example'),
    pacing: memoryPacing(),
    clock: { now: () => new Date() },
    guard: web.guard,
    gapMs: 0,
  });
  const close = async (): Promise<void> => {
    await fetcher.close();
    await web.close();
  };
  return { ...web, fetcher, close };
}

/** Plays a case after all that come before it, over HTTP on loopback: what its last look says, in the words of `expected.json`. */
export async function playCase(
  fixtures: string,
  source: Source,
  name: string,
): Promise<Omit<Expected, 'after' | 'why'>> {
  const [first = name, ...later] = chainOf(fixtures, source.id, name);
  const web = await openSmallWeb(fixtures, [`${source.id}/${first}`]);
  try {
    let reading = await look(web, source, null);
    for (const next of later) {
      if (reading instanceof Failure) throw reading;
      web.lay(`${source.id}/${next}`);
      reading = await look(web, source, reading.memory);
    }
    if (reading instanceof Failure) return { failure: reading.code };
    return { health: reading.health, events: reading.events.map(toldEvent) };
  } finally {
    await web.close();
  }
}

async function look(
  { port, fetcher }: { readonly port: number; readonly fetcher: Fetcher },
  source: Source,
  memory: SourceMemory | null,
): Promise<Reading | Failure> {
  const [local = source] = demoSources([source], port);
  try {
    const seen = await lookAt({ fetcher, read: readSource }, local, standingWith(memory));
    if (seen.reading === null) throw new Failure('internal', `${local.url} answered 304 to an unconditional request`);
    return seen.reading;
  } catch (error) {
    if (error instanceof Failure && error.code !== 'internal') return error;
    throw error;
  }
}

/** A source of which nothing is known but what its reader remembers. */
export function standingWith(memory: SourceMemory | null): SourceStanding {
  return {
    memory,
    validators: {},
    nextPollAt: new Date(0),
    pausedUntil: null,
    failuresInRow: 0,
    firstPolledAt: null,
    unread: [],
    recentNew: [],
    newInLastWeek: 0,
  };
}

function chainOf(fixtures: string, sourceId: string, name: string): string[] {
  if (name === 'baseline') return [name];
  return [...chainOf(fixtures, sourceId, expectedOf(fixtures, sourceId, name).after ?? 'baseline'), name];
}
