import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSources } from '../src/demo/demo-sources.js';
import { realAddress } from '../src/demo/local-address.js';
import { startSmallWeb, type SmallWeb } from '../src/demo/small-web.js';
import { Failure } from '../src/model/failure.js';
import type { FoundItem } from '../src/model/item.js';
import type { Reading, SourceEvent, SourceMemory } from '../src/model/reading.js';
import type { Source } from '../src/model/source.js';
import { createFetcher, type Fetcher } from '../src/net/fetcher.js';
import { memoryPacing } from '../src/net/pace.js';
import { userAgent } from '../src/net/user-agent.js';
import { lookAt } from '../src/pipeline/look-at.js';
import type { SourceStanding } from '../src/pipeline/ports.js';
import { readSource } from '../src/sources/read-source.js';

export const FIXTURES = join(import.meta.dirname, '../fixtures');

/** `expected.json` of a case. */
export interface Expected {
  /** The case before it, whose memory it begins with. Default: `baseline`; the baseline begins with none. */
  readonly after?: string;
  /** What the case shows. */
  readonly why?: string;
  readonly failure?: string;
  readonly health?: Reading['health'];
  readonly events?: readonly Readonly<Record<string, unknown>>[];
}

export function expectedOf(sourceId: string, name: string): Expected {
  return JSON.parse(readFileSync(join(FIXTURES, sourceId, name, 'expected.json'), 'utf8')) as Expected;
}

/** The small web with its fetcher, as the demo has them. */
export async function openSmallWeb(cases: readonly string[]): Promise<SmallWeb & { readonly fetcher: Fetcher }> {
  const web = await startSmallWeb({ port: 0, fixtures: FIXTURES, cases });
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

/** Plays a case with all that come before it, over HTTP, and gives what its last look says, in the words of `expected.json`. */
export async function outcomeOf(source: Source, name: string): Promise<Omit<Expected, 'after' | 'why'>> {
  const [first = name, ...later] = chainOf(source.id, name);
  const web = await openSmallWeb([`${source.id}/${first}`]);
  try {
    let reading = await look(web, source, null);
    for (const next of later) {
      web.lay(`${source.id}/${next}`);
      if (reading instanceof Failure) throw reading;
      reading = await look(web, source, reading.memory);
    }
    return reading instanceof Failure
      ? { failure: reading.code }
      : { health: reading.health, events: reading.events.map(told) };
  } finally {
    await web.close();
  }
}

async function look(
  web: { readonly port: number; readonly fetcher: Fetcher },
  source: Source,
  memory: SourceMemory | null,
): Promise<Reading | Failure> {
  const [local] = demoSources([source], web.port);
  if (local === undefined) throw new Error('one row in, one row out');
  const standing: SourceStanding = {
    memory,
    validators: {},
    nextPollAt: new Date(0),
    failuresInRow: 0,
    firstPolledAt: null,
    unread: [],
    recentNew: [],
    newInLastWeek: 0,
  };
  try {
    const seen = await lookAt({ fetcher: web.fetcher, read: readSource }, local, standing);
    if (seen.reading === null) throw new Error('304 to an unconditional request');
    return seen.reading;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function chainOf(sourceId: string, name: string): string[] {
  if (name === 'baseline') return [name];
  return [...chainOf(sourceId, expectedOf(sourceId, name).after ?? 'baseline'), name];
}

/** An event in the few words that matter, with real addresses. */
function told({ event, item, detail }: SourceEvent): Record<string, unknown> {
  const { baseline, slid, what, changed } = detail;
  return {
    event,
    ...(item === null ? {} : itemTold(event, item)),
    ...(baseline === true ? { baseline } : {}),
    ...(slid === undefined ? {} : { slid }),
    ...(what === undefined ? {} : { what }),
    ...(changed === undefined ? {} : { changed: Object.keys(changed as object) }),
  };
}

function itemTold(event: SourceEvent['event'], { url, title, posted, updated }: FoundItem): Record<string, unknown> {
  const moment = (value: string): string => (value.includes('T') ? new Date(value).toISOString() : value);
  const isNew = event === 'item.found' || event === 'document.added';
  return {
    url: realAddress(url),
    title,
    ...(posted === null ? (isNew ? { posted } : {}) : { posted: moment(posted.value) }),
    ...(updated === null ? {} : { updated: moment(updated.value) }),
  };
}
