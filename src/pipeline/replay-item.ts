import { isDeepStrictEqual } from 'node:util';
import { composeDraft } from '../compose/compose-draft.js';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import type { ComposedDraft } from '../model/draft.js';
import { asFailure, type Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import { composed, draftItem, type DraftPorts } from './draft-item.js';
import type { StoredItem } from './ports.js';
import { textHash, type ReadPorts } from './read-item.js';

/** A draft made from a kept page. */
export interface KeptDraft {
  readonly id: string;
  readonly itemId: string;
  readonly version: number;
  /** Of the item: the page that its words come from. */
  readonly itemRevision: number;
  readonly headline: string;
  readonly bodyHtml: string;
  /** As the machine left it: new, nobody has done anything with it, and its source has not changed it since. */
  readonly untouched: boolean;
}

/** The newest page of an item as it was captured, what was made of it, and the item's own draft. */
export interface KeptPage {
  readonly item: StoredItem;
  readonly revision: number;
  readonly doc: FetchedDocument;
  readonly article: Article;
  readonly draft: KeptDraft | null;
}

/** What another reading of the same page gives. */
export interface ReadAnew {
  readonly article: Article;
  readonly textSha256: string;
}

/** Pages that were kept, to be read again without fetching. */
export interface ReplayBook {
  /** `undefined`: it has none, or its bytes were taken. @throws {Failure} item.unreadable, with its `url` */
  keptPage(itemId: string): Promise<KeptPage | undefined>;
  /** The item, which has no draft, as read just now with that article. False: it is on another way since, and nothing was done. */
  rereadItem(page: KeptPage, anew: ReadAnew): Promise<boolean>;
  /**
   * The words of a draft anew, with the article that they come from in its capture. The words before stay as a version. False: it was
   * touched by a person, or changed by its source, since or before, and nothing was done.
   */
  redraft(draft: KeptDraft, source: Source, anew: ReadAnew, words: ComposedDraft): Promise<boolean>;
}

export interface ReplayPorts {
  readonly replays: ReplayBook;
  readonly extract: ReadPorts['extract'];
  readonly draft: DraftPorts;
}

/** What an editor sees of a reading at a glance. */
export interface Glance {
  /** `null`: nothing was drafted. */
  readonly headline: string | null;
  /** When the page says that it was published. */
  readonly date: string | null;
  readonly words: number;
}

/** What may be done with a page that reads otherwise: `redraft` an untouched draft, `draft` what has none yet, `leave` the rest. */
type Way = { readonly way: 'redraft' | 'draft' } | { readonly way: 'leave'; readonly because: string };

export type Replayed =
  | { readonly outcome: 'unchanged' | 'not-kept' }
  | { readonly outcome: 'unreadable'; readonly url: string; readonly failure: Failure }
  | {
      /** `left`: see `because`. `would`: it was not asked to write. Else what was done. */
      readonly outcome: 'left' | 'would' | 'redrafted' | 'created' | 'joined' | 'held';
      readonly url: string;
      readonly before: Glance;
      readonly after: Glance;
      readonly because: string | null;
    };

const CHANGED_MEANWHILE = 'it was changed meanwhile; run this again';

/**
 * Reads the kept page of an item again, by the rule of its source as it is now, and fetches nothing. With `write`, words that come out
 * otherwise go into its draft if that is as the machine left it; an item that failed after it was read, or still waits, goes the way of
 * every item that was read. What a person has touched, or published, stays as it is.
 */
export async function replayItem(
  ports: ReplayPorts,
  source: Source,
  itemId: string,
  { write }: { readonly write: boolean },
): Promise<Replayed> {
  const read = await readAgain(ports, source, itemId);
  if (!('page' in read)) return read;
  const { page, article, glances, changed } = read;
  const way = wayOf(page);
  const failed = page.item.disposition === 'failed' && way.way === 'draft';
  if (!changed && !failed) return { outcome: 'unchanged' };
  const told = { url: page.item.found.url, ...glances };
  if (way.way === 'leave') return { outcome: 'left', ...told, because: way.because };
  if (!write) return { outcome: 'would', ...told, because: null };
  const done = await (way.way === 'redraft' ? redraft : draft)(ports, source, page, article);
  return { outcome: done, ...told, because: done === 'left' ? CHANGED_MEANWHILE : null };
}

interface Read {
  readonly page: KeptPage;
  readonly article: Article;
  readonly glances: { readonly before: Glance; readonly after: Glance };
  readonly changed: boolean;
}

async function readAgain(ports: ReplayPorts, source: Source, itemId: string): Promise<Read | Replayed> {
  let page: KeptPage | undefined;
  try {
    page = await ports.replays.keptPage(itemId);
    if (page === undefined) return { outcome: 'not-kept' };
    const article = await ports.extract(page.doc, source, page.item.found);
    return { page, article, ...compared(page, article, source) };
  } catch (error) {
    const failure = asFailure(error);
    // A rule with a mistake concerns all pages, and so does what is wrong before there is one; anything else this one.
    const ofAll = page === undefined ? failure.code !== 'item.unreadable' : /^(?:config|store)\./.test(failure.code);
    if (ofAll) throw error;
    return { outcome: 'unreadable', url: page?.item.found.url ?? String(failure.details['url']), failure };
  }
}

/** An untouched draft is held against what it says; what has been edited, against what the page gave before. */
function compared({ item, article: old, draft }: KeptPage, article: Article, source: Source) {
  const after = composeDraft(item.found, article, source);
  const drafted = ['drafted', 'joined', 'held'].includes(item.disposition);
  const own = draft?.untouched === true ? draft : drafted ? composeDraft(item.found, old, source) : null;
  const sameWords = own === null || (own.headline === after.headline && own.bodyHtml === after.bodyHtml);
  return {
    glances: { before: glance(own?.headline ?? null, old), after: glance(after.headline, article) },
    changed: !sameWords || !isDeepStrictEqual(saying(old), saying(article)),
  };
}

function glance(headline: string | null, { published, bodyText }: Article): Glance {
  const words = bodyText.split(/\s+/).filter((word) => word !== '').length;
  return { headline, date: published?.value ?? null, words };
}

/** As it comes out of the store; by which selector it was found is no difference. */
function saying(article: Article): unknown {
  return JSON.parse(JSON.stringify({ ...article, method: '' }));
}

function wayOf({ item, revision, draft }: KeptPage): Way {
  switch (item.disposition) {
    case 'drafted':
      if (draft?.untouched === true) return { way: 'redraft' };
      return { way: 'leave', because: 'its draft is not as the newsdesk made it any more: that is for an editor' };
    case 'read':
      return { way: 'draft' };
    case 'failed':
      if (item.revision === revision) return { way: 'draft' };
      return { way: 'leave', because: 'its page was changed since and could not be read: try it again from the desk' };
    case 'joined':
      return { way: 'leave', because: 'it belongs to the story of another item' };
    case 'held':
      return { way: 'leave', because: 'it is held back' };
    case 'found':
      return { way: 'leave', because: 'its page is about to be fetched anew' };
  }
}

/** The item is found by its new words from then on. */
async function redraft(ports: ReplayPorts, source: Source, { item, draft: own }: KeptPage, article: Article) {
  if (own === null) return 'left';
  const { matching, match } = ports.draft;
  return await matching.oneAtATime(async () => {
    const { keys } = await match(item, article, source);
    const words = await composed(ports.draft, { item, article, source });
    const anew = { article, textSha256: textHash(article) };
    if (!(await ports.replays.redraft(own, source, anew, words))) return 'left';
    await matching.remember(item.id, keys);
    return 'redrafted';
  });
}

/** What cannot be drafted now stays `read`: the sweep tries it again as it does every item. */
async function draft(ports: ReplayPorts, source: Source, page: KeptPage, article: Article) {
  const reread = await ports.replays.rereadItem(page, { article, textSha256: textHash(article) });
  if (!reread) return 'left';
  const { outcome } = await draftItem(ports.draft, source, page.item.id);
  return outcome === 'created' || outcome === 'joined' || outcome === 'held' ? outcome : 'left';
}
