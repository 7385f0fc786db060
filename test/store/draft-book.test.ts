import { Failure } from '../../src/model/failure.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { pollLedger } from '../../src/store/polls.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import {
  captureItem,
  draftOf,
  endOf,
  later,
  polledItems,
  readItems,
  sampleDraft,
  sampleItem,
  samplePoll,
  sampleSource,
} from './samples.js';

let database: TestDatabase;
const source = sampleSource();
const other = sampleSource('lighthouse-board');
const db = () => database.store.db;
const book = () => draftBook(db());
const drafts = async () => await db().selectFrom('draft').selectAll().execute();
const itemOf = async (id: string) => (await itemBook(db()).findItem(id))!;
const sameItem = (of: string) => ({ tie: 'same-item' as const, of, because: ['Same address.'] });
/** The source changed the item, and the change was captured. */
const revise = async (id: string, at = 90) => {
  const item = await itemOf(id);
  await pollLedger(db()).recordPoll(
    sampleSource(item.sourceId),
    samplePoll([], { endedAt: later(at), changed: [item.found] }),
  );
  await captureItem(db(), id);
};

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

test('a draft comes with its first version, its event, its story and the end of its item', async () => {
  const [id] = await readItems(db(), source, [sampleItem('a')]);
  const cuts = [{ at: 3, html: '<p>Donate</p>', because: 'call to action' }];
  const item = await itemOf(id!);
  expect(await book().recordDraft(item, source, { ...sampleDraft(item.found), cuts })).toBe('created');
  const [draft] = await drafts();
  expect(draft).toMatchObject({
    itemId: id,
    sourceId: source.id,
    sourceName: source.name,
    state: 'drafted',
    version: 1,
    headline: 'News of a',
    originalUrl: item.found.url,
    cuts,
    updatedMark: false,
    approvedBy: null,
  });
  expect(await db().selectFrom('draftVersion').selectAll().execute()).toMatchObject([
    { draftId: draft!.id, version: 1, byUser: null },
  ]);
  expect(await db().selectFrom('draftEvent').selectAll().execute()).toMatchObject([
    { draftId: draft!.id, did: 'drafted', byUser: null, toState: 'drafted' },
  ]);
  expect(await db().selectFrom('storyTie').selectAll().execute()).toMatchObject([
    { itemId: id, storyId: draft!.storyId, tie: 'lead', standing: 'confirmed' },
  ]);
  expect(await endOf(db(), id!)).toEqual({
    disposition: 'drafted',
    reasonCode: null,
    reason: 'Drafted. Nothing was known under its address.',
  });
});

test('a second run makes no second draft', async () => {
  const [id] = await readItems(db(), source, [sampleItem('a')]);
  const item = await itemOf(id!);
  expect(await book().recordDraft(item, source, sampleDraft(item.found))).toBe('created');
  expect(await book().recordDraft(item, source, sampleDraft(item.found))).toBe('exists');
  expect(await drafts()).toHaveLength(1);
});

test('an update raises the mark once for each revision, and leaves the words alone', async () => {
  const [id] = await readItems(db(), source, [sampleItem('a')]);
  await draftOf(db(), id!);
  await revise(id!);
  const item = await itemOf(id!);
  expect(await book().recordDraft(item, source, { ...sampleDraft(item.found), headline: 'Other words' })).toBe(
    'updated',
  );
  expect(await drafts()).toMatchObject([{ updatedMark: true, headline: 'News of a', version: 1 }]);
  expect((await endOf(db(), id!)).disposition).toBe('drafted');
  const events = await db().selectFrom('draftEvent').select('did').orderBy('id').execute();
  expect(events.map(({ did }) => did)).toEqual(['drafted', 'source-updated']);
});

describe('what is known under an address', () => {
  const shared = sampleItem('shared');

  test('is an item with its draft, under every address it was found, redirected to and canonical at', async () => {
    const [first] = await polledItems(db(), source, [shared]);
    await captureItem(db(), first!, [
      { key: 'harbour.example/canonical', kind: 'canonical' },
      { key: 'harbour.example/redirect', kind: 'redirect' },
    ]);
    await draftOf(db(), first!);
    const [second] = await readItems(db(), other, [sampleItem('b')]);
    const known = { itemId: first, title: shared.title, sourceName: source.name, disposition: 'drafted' };
    for (const key of [shared.url, 'harbour.example/canonical', 'harbour.example/redirect']) {
      expect(await book().itemByAddress(['elsewhere', key], second!)).toEqual(known);
    }
    expect(await book().itemByAddress(['elsewhere'], second!)).toBeUndefined();
    expect(await book().itemByAddress([], second!)).toBeUndefined();
    expect(await book().itemByAddress([shared.url], first!)).toBeUndefined();
  });

  test('is no item that is still on its way, or that failed', async () => {
    const [first] = await polledItems(db(), source, [shared]);
    const [second] = await readItems(db(), other, [{ ...shared, key: 'b' }]);
    expect(await book().itemByAddress([shared.url], second!)).toBeUndefined();
    await captureItem(db(), first!);
    expect(await book().itemByAddress([shared.url], second!)).toBeUndefined();
    await itemBook(db()).recordItemFailure(first!, new Failure('item.unreadable', 'No text'), null);
    expect(await book().itemByAddress([shared.url], second!)).toBeUndefined();
  });

  test('is the draft rather than what is held, the held one where there is no draft, and none that a rule of its source keeps out', async () => {
    const [held, drafted, third] = [
      (await readItems(db(), source, [shared]))[0]!,
      (await readItems(db(), other, [{ ...shared, key: 'b' }]))[0]!,
      (await readItems(db(), sampleSource('third'), [{ ...shared, key: 'c' }]))[0]!,
    ];
    await itemBook(db()).holdItem(held, 'filtered', 'A rule of that source keeps it out.');
    expect(await book().itemByAddress([shared.url], third)).toBeUndefined();
    await db().updateTable('item').set({ reasonCode: 'baseline' }).where('id', '=', held).execute();
    expect(await book().itemByAddress([shared.url], third)).toMatchObject({ itemId: held, disposition: 'held' });
    await draftOf(db(), drafted);
    expect(await book().itemByAddress([shared.url], third)).toMatchObject({ itemId: drafted, disposition: 'drafted' });
  });
});

describe('joining', () => {
  const shared = sampleItem('shared');
  const pair = async () => {
    const [lead] = await readItems(db(), source, [shared]);
    await draftOf(db(), lead!);
    const [copy] = await readItems(db(), other, [{ ...shared, key: 'copy' }]);
    return { lead: lead!, copy: copy! };
  };

  test('ties the item to the story of the draft, with the words, and tells its history', async () => {
    const { lead, copy } = await pair();
    await book().joinStory(await itemOf(copy), sameItem(lead));
    expect(await endOf(db(), copy)).toEqual({ disposition: 'joined', reasonCode: null, reason: 'Same address.' });
    const [draft] = await drafts();
    const ties = await db().selectFrom('storyTie').selectAll().where('itemId', '=', copy).execute();
    expect(ties).toMatchObject([
      { storyId: draft!.storyId, tie: 'same-item', standing: 'confirmed', because: 'Same address.' },
    ]);
    const events = await db().selectFrom('draftEvent').selectAll().orderBy('id').execute();
    expect(events).toMatchObject([
      { did: 'drafted' },
      { did: 'joined', draftId: draft!.id, reason: 'Joined: Same address.' },
    ]);
  });

  test('of one that joined leads to the draft of that story', async () => {
    const { lead, copy } = await pair();
    await book().joinStory(await itemOf(copy), sameItem(lead));
    const [third] = await readItems(db(), sampleSource('third'), [{ ...shared, key: 'third' }]);
    await book().joinStory(await itemOf(third!), sameItem(copy));
    const ties = await db().selectFrom('storyTie').select('storyId').distinct().execute();
    expect(ties).toHaveLength(1);
    expect((await endOf(db(), third!)).disposition).toBe('joined');
  });

  test('an update of a joined item marks the draft, and it stays joined', async () => {
    const { lead, copy } = await pair();
    await book().joinStory(await itemOf(copy), sameItem(lead));
    await revise(copy);
    expect(await book().itemByAddress([shared.url], copy)).toMatchObject({ itemId: lead });
    await book().joinStory(await itemOf(copy), sameItem(lead));
    expect(await drafts()).toMatchObject([{ itemId: lead, updatedMark: true }]);
    expect((await endOf(db(), copy)).disposition).toBe('joined');
  });

  test('an item that an editor joined stays joined when it changes', async () => {
    const { lead } = await pair();
    const [far] = await readItems(db(), other, [sampleItem('far')]);
    await book().joinStory(await itemOf(far!), { tie: 'same-story', of: lead, because: ['An editor said so.'] });
    await revise(far!);
    expect(await draftOf(db(), far!, other)).toBe('exists');
    expect(await drafts()).toHaveLength(1);
    expect(await endOf(db(), far!)).toMatchObject({ disposition: 'joined', reason: 'An editor said so.' });
  });

  test('an item whose draft an editor rejected as a copy marks the draft that it joined, when it changes', async () => {
    const [lead, copy] = await readItems(db(), source, [sampleItem('lead'), sampleItem('copy')]);
    await draftOf(db(), lead!);
    await draftOf(db(), copy!);
    const { storyId } = (await drafts()).find(({ itemId }) => itemId === lead)!;
    await db()
      .updateTable('draft')
      .set({ state: 'rejected', rejectReason: 'duplicate', storyId })
      .where('itemId', '=', copy!)
      .execute();
    await db().updateTable('storyTie').set({ storyId, tie: 'copy' }).where('itemId', '=', copy!).execute();
    await revise(copy!);
    expect(await draftOf(db(), copy!)).toBe('exists');
    expect((await endOf(db(), copy!)).disposition).toBe('joined');
    const marks = new Map((await drafts()).map(({ itemId, updatedMark }) => [itemId, updatedMark]));
    expect(marks).toEqual(
      new Map([
        [lead, true],
        [copy, false],
      ]),
    );
    await pollLedger(db()).recordPoll(
      source,
      samplePoll([], { endedAt: later(99), changed: [(await itemOf(copy!)).found] }),
    );
    await itemBook(db()).recordItemFailure(copy!, new Failure('source.refused', 'No'), null);
    expect((await endOf(db(), copy!)).disposition).toBe('joined');
  });

  test('an item that an editor took out of a story gets its own draft', async () => {
    const { lead, copy } = await pair();
    await book().joinStory(await itemOf(copy), sameItem(lead));
    await db().updateTable('storyTie').set({ standing: 'detached' }).where('itemId', '=', copy).execute();
    await db().updateTable('item').set({ disposition: 'read' }).where('id', '=', copy).execute();
    expect(await book().itemByAddress([shared.url], copy)).toBeUndefined();
    await book().joinStory(await itemOf(copy), sameItem(lead));
    expect((await endOf(db(), copy)).disposition).toBe('read');
    expect(await draftOf(db(), copy, other)).toBe('created');
    expect(await drafts()).toHaveLength(2);
  });

  test('an item never joins one without a draft, itself, or anything once it has its own', async () => {
    const [a, b] = await readItems(db(), source, [sampleItem('a'), sampleItem('b')]);
    await book().joinStory(await itemOf(a!), sameItem(b!));
    await book().joinStory(await itemOf(a!), sameItem(a!));
    expect((await endOf(db(), a!)).disposition).toBe('read');
    await draftOf(db(), a!);
    await draftOf(db(), b!);
    await revise(a!);
    await book().joinStory(await itemOf(a!), sameItem(b!));
    expect((await endOf(db(), a!)).disposition).toBe('read');
    expect(await draftOf(db(), a!)).toBe('updated');
  });
});

describe('two workers at once', () => {
  test('with one item make one draft, in each of 100 rounds', async () => {
    const items = Array.from({ length: 100 }, (_, number) => sampleItem(`n${number}`));
    for (const id of await readItems(db(), source, items)) {
      const outcomes = await Promise.all([draftOf(db(), id), draftOf(db(), id), draftOf(db(), id)]);
      expect(outcomes.sort()).toEqual(['created', 'exists', 'exists']);
    }
    expect(await drafts()).toHaveLength(100);
  });

  test('with two items of one address make one draft and one join, in each of 200 rounds', async () => {
    const items = Array.from({ length: 200 }, (_, number) => sampleItem(`n${number}`));
    const mine = await polledItems(db(), source, items);
    // Half of them share only what reading found out.
    const elsewhere = items.map((item, number) => (number % 2 === 0 ? item : sampleItem(`elsewhere${number}`)));
    const theirs = await polledItems(db(), other, elsewhere);
    for (const [round, id] of mine.entries()) {
      const twin = theirs[round]!;
      await captureItem(db(), id, [{ key: `canonical/${round}`, kind: 'canonical' }]);
      await captureItem(db(), twin, [{ key: `canonical/${round}`, kind: 'canonical' }]);
      const outcomes = await Promise.all([draftOf(db(), id), draftOf(db(), twin, other)]);
      expect(outcomes.sort()).toEqual(['created', 'exists']);
      const ends = await Promise.all([endOf(db(), id), endOf(db(), twin)]);
      expect(ends.map(({ disposition }) => disposition).sort()).toEqual(['drafted', 'joined']);
    }
    expect(await drafts()).toHaveLength(200);
  }, 120_000);
});

test('the newest capture gives the article', async () => {
  const [id] = await polledItems(db(), source, [sampleItem('a')]);
  expect(await book().latestArticle(id!)).toBeUndefined();
  await captureItem(db(), id!);
  expect(await book().latestArticle(id!)).toMatchObject({ url: sampleItem('a').url, bodyText: 'The harbour is safe.' });
});
