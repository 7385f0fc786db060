import { FAILURES, Failure, type FailureCode } from '../../src/model/failure.js';
import type { FeedSource } from '../../src/model/source.js';
import { draftItem, type DraftPorts } from '../../src/pipeline/draft-item.js';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import { itemRanker } from '../../src/pipeline/rank-item.js';
import { decisionLog } from '../../src/store/decision-log.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import { noticeBook } from '../../src/store/notices.js';
import { pollLedger } from '../../src/store/polls.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import {
  endOf,
  later,
  NOON,
  polledItems,
  sampleArticle,
  sampleCapture,
  sampleItem,
  samplePoll,
  sampleSource,
  syncRows,
} from '../store/samples.js';

/** What others get wrong when they store, match and tell, each as a test of ours. */
let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());
const db = () => database.store.db;

const quay = sampleSource('quay');
const board = sampleSource('board', { class: 'regulator' });
const pier = sampleSource('pier');

function ports(): DraftPorts {
  const matching = matchBook(db());
  return {
    items: itemBook(db()),
    drafts: draftBook(db()),
    matching,
    source: (id) => [quay, board, pier].find((source) => source.id === id),
    match: itemMatcher(matching),
    rank: itemRanker(decisionLog(db()), { now: () => NOON }),
  };
}

interface Told {
  readonly name: string;
  readonly title: string;
  /** What fills the blanks of its text. */
  readonly about: string;
  /** Texts of another number share no run of words. */
  readonly text: number;
}

const WORDS = ['gulls', 'ropes', 'tides', 'charts', 'lamps', 'nets', 'buoys', 'anchors', 'masts', 'oars', 'bells'];
function textOf({ about, text }: Told): string {
  const word = (at: number): string => `${WORDS[(at * (text + 2)) % WORDS.length] ?? ''}${(text * 61 + at) % 997}`;
  return Array.from({ length: 80 }, (_, at) => (at % 27 === 13 ? about : word(at))).join(' ');
}

async function capture(id: string, told: Told): Promise<void> {
  const item = (await itemBook(db()).findItem(id))!;
  const bodyText = textOf(told);
  const article = sampleArticle(item.found.url, { title: told.title, bodyText, bodyHtml: `<p>${bodyText}</p>` });
  await itemBook(db()).recordCapture(item, { ...sampleCapture(item.found.url), article });
}

/** Polled, read and drafted: what became of it. */
async function come(
  source: FeedSource,
  told: Told,
): Promise<{ outcome: string; reason: string; tie: string | null; id: string }> {
  const [id = ''] = await polledItems(db(), source, [sampleItem(told.name, { title: told.title })]);
  await capture(id, told);
  const { outcome } = await draftItem(ports(), source, id);
  const suggested = await db().selectFrom('storySuggestion').select('tie').where('itemId', '=', id).executeTakeFirst();
  return { id, outcome, reason: (await endOf(db(), id)).reason ?? '', tie: suggested?.tie ?? null };
}

test('each branch of matching does fire, on what a poll brings', async () => {
  const first = { name: 'ropes', title: 'Nine recommendations for the quay', about: 'ropes', text: 1 };
  const seen: string[] = [];
  const say = ({ outcome, tie, reason }: Awaited<ReturnType<typeof come>>): void =>
    void seen.push(
      [outcome, tie ?? (reason.includes('Same address') ? 'address' : reason.includes('%') ? 'text' : '-')].join(' '),
    );
  const one = await come(quay, first);
  say(one);
  expect(await draftItem(ports(), quay, one.id)).toEqual({ outcome: 'nothing-to-do' });
  say(await come(board, first));
  say(await come(pier, { ...first, name: 'elsewhere', title: 'Nine recommendations for the quay' }));
  say(
    await come(quay, { name: 'theo', title: 'Theo: Local Child Safeguarding Practice Review', about: 'Theo', text: 2 }),
  );
  say(
    await come(board, { name: 'zac', title: 'Zac: Local Child Safeguarding Practice Review', about: 'Zac', text: 2 }),
  );
  say(await come(quay, { name: 'scrutiny', title: 'Harbour scrutiny report', about: 'scrutiny', text: 3 }));
  say(await come(board, { name: 'scrutiny-2024', title: 'Harbour scrutiny report 2024', about: 'scrutiny', text: 3 }));
  await pollLedger(db()).recordPoll(
    quay,
    samplePoll([], { items: [{ item: sampleItem('before'), held: 'baseline', addressKey: sampleItem('before').url }] }),
  );
  say(await come(board, { name: 'before', title: 'What was there before', about: 'anchors', text: 4 }));
  expect(seen).toEqual([
    'created -',
    'joined address',
    'joined text',
    'created -',
    'created sibling',
    'created -',
    'created possible-copy',
    'held address',
  ]);
});

test('an update of a known item is its revision, and its draft says so', async () => {
  const told = { name: 'ropes', title: 'Nine recommendations for the quay', about: 'ropes', text: 1 };
  const { id } = await come(quay, told);
  const changed = [sampleItem('ropes', { title: told.title })];
  await pollLedger(db()).recordPoll(quay, samplePoll([], { endedAt: later(90), changed }));
  await capture(id, { ...told, about: 'ropes and anchors' });
  expect(await draftItem(ports(), quay, id)).toEqual({ outcome: 'updated' });
  const draft = await db()
    .selectFrom('draft')
    .select(['updatedMark'])
    .where('itemId', '=', id)
    .executeTakeFirstOrThrow();
  expect(draft.updatedMark).toBe(true);
});

test('an item without a date, or of years ago, is drafted all the same, and no date is made up for it', async () => {
  const old = { value: '2019-03-01', precision: 'day' as const, evidence: 'rss:pubDate' };
  const [undated = '', aged = ''] = await polledItems(db(), quay, [
    sampleItem('undated', { title: 'Without a date' }),
    sampleItem('aged', { title: 'Of years ago', posted: old }),
  ]);
  await capture(undated, { name: 'undated', title: 'Without a date', about: 'ropes', text: 1 });
  await capture(aged, { name: 'aged', title: 'Of years ago', about: 'anchors', text: 2 });
  for (const id of [undated, aged]) expect((await draftItem(ports(), quay, id)).outcome).toBe('created');
  expect((await itemBook(db()).findItem(undated))?.found).toMatchObject({ posted: null, updated: null });
  expect((await itemBook(db()).findItem(aged))?.found.posted).toEqual(old);
});

test('every way of failing is an alarm: one for the incident however many polls it lasts, and it ends; none switches the source off', async () => {
  const codes = (Object.keys(FAILURES) as FailureCode[]).filter((code) => code.startsWith('source.'));
  for (const [n, code] of codes.entries()) {
    const source = sampleSource(`source-${n}`);
    await syncRows(db(), source);
    const open = async (): Promise<number> =>
      (await noticeBook(db()).openNotices()).filter(({ subject }) => subject === source.id).length;
    await pollLedger(db()).recordPoll(source, samplePoll([]));
    for (const poll of [1, 2, 3]) {
      await pollLedger(db()).recordFailedPoll(source, new Failure(code, 'No'), {
        startedAt: later(60 * poll),
        endedAt: later(60 * poll + 1),
        nextPollAt: later(60 * poll + 60),
        nextPollBecause: 'x',
      });
      expect([code, poll, await open()]).toEqual([code, poll, 1]);
    }
    const { enabled } = await db()
      .selectFrom('source')
      .select('enabled')
      .where('id', '=', source.id)
      .executeTakeFirstOrThrow();
    expect([code, enabled]).toEqual([code, true]);
    await pollLedger(db()).recordPoll(source, samplePoll([], { startedAt: later(300), endedAt: later(301) }));
    expect([code, await open()]).toEqual([code, 0]);
  }
});
