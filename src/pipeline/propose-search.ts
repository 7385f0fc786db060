import type { FetchedDocument } from '../model/document.js';
import { asFailure, Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { judged } from '../sources/propose/judge.js';
import type { Proposal } from '../sources/propose/proposal.js';
import type { RowBeginning } from '../sources/propose/find-lists.js';
import type { Surveyor } from '../sources/propose/survey-page.js';
import type { Clock, Fetcher, ReadDocument } from './ports.js';
import { proveRow } from './prove-row.js';

export interface ProposePorts {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly read: ReadDocument;
  readonly survey: Surveyor;
  readonly clock: Clock;
  /** Told what is looked at, for a person who waits. */
  readonly tell?: (line: string) => void;
}

export const FEED_ROOT = /<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]/i;

/** One search for proposals: what it found so far, and how it asks. */
export interface Search {
  readonly today: string;
  readonly found: Proposal[];
  readonly passed: { url: string; because: string }[];
  readonly survey: Surveyor;
  row(url: string): RowBeginning;
  best(): number;
  fetch(url: string, kind: 'page' | 'json'): Promise<FetchedDocument>;
  /** Does `work`; what the site refuses is noted as passed, and gives `null`. */
  attempt<T>(url: string, work: () => Promise<T>): Promise<T | null>;
  /** Reads a row as a poll would; its items, or `null` when it gives none. */
  prove(source: Source, doc?: FetchedDocument): Promise<readonly FoundItem[] | null>;
  fetchRendered(source: Source): Promise<FetchedDocument>;
}

export function openSearch({ fetcher, read, survey, clock, tell }: ProposePorts, typed: string): Search {
  const found: Proposal[] = [];
  const passed: { url: string; because: string }[] = [];
  const row = (url: string): RowBeginning => ({
    id: 'proposed',
    name: new URL(typed).hostname,
    class: 'search',
    url,
    evidence: 'verified',
  });
  const ask = async (source: Source, url: string): Promise<FetchedDocument> => {
    tell?.(source.render === 'browser' ? `${url} in a browser` : url);
    const answer = await fetcher.fetch(source, url);
    if (answer.status !== 'ok') throw new Failure('source.empty', `${url} answered 304 to an unconditional request`);
    return answer.doc;
  };
  const attempt: Search['attempt'] = async (url, work) => {
    try {
      return await work();
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'internal') throw error;
      passed.push({ url, because: `${failure.code}: ${failure.message}` });
      return null;
    }
  };
  return {
    today: clock.now().toISOString().slice(0, 10),
    found,
    passed,
    survey,
    row,
    best: () => Math.max(0, ...found.map(({ score }) => score)),
    fetch: (url, kind) =>
      ask(
        kind === 'page'
          ? { ...row(url), kind }
          : { ...row(url), kind: 'json', items: '', map: { url: 'url', title: 'title' } },
        url,
      ),
    attempt,
    prove: (source, doc) =>
      attempt(source.url, async () => {
        const items = await proveRow({ ask, read }, source, doc);
        if (items.length === 0) throw new Failure('source.empty', `${source.url} gives no items`);
        return items;
      }),
    fetchRendered: (source) => ask(source, source.url),
  };
}

export interface Offer {
  readonly doc?: FetchedDocument;
  readonly shown?: readonly FoundItem[];
  readonly because?: string;
  readonly fit?: number;
  readonly against?: readonly string[];
}

export async function offer(
  search: Search,
  source: Source,
  { doc, shown = [], because, fit, against = [] }: Offer,
): Promise<boolean> {
  const items = await search.prove(source, doc);
  if (items === null) return false;
  const ground = {
    today: search.today,
    shown,
    against,
    ...(because === undefined ? {} : { because }),
    ...(fit === undefined ? {} : { fit }),
  };
  search.found.push(judged(source, items, ground));
  return true;
}

export function isPage(doc: FetchedDocument): boolean {
  return (
    /^\s*(?:<!doctype html|<html|<!--|<[a-z])/i.test(
      Buffer.from(doc.bytes.subarray(0, 512))
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    ) && !FEED_ROOT.test(Buffer.from(doc.bytes.subarray(0, 4_096)).toString('latin1'))
  );
}
