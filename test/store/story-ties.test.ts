import { draftBook } from '../../src/store/draft-book.js';
import { deskDrafts } from '../../src/store/desk-drafts.js';
import { matchBook } from '../../src/store/match-book.js';
import { storyTies } from '../../src/store/story-ties.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { draftOf, endOf, readItems, sampleItem, sampleSource, sampleUser } from './samples.js';

let database: TestDatabase;
const quay = sampleSource('quay');
const board = sampleSource('lighthouse-board');
const db = () => database.store.db;

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

/** Two drafts, and what the machine thinks they have to do with one another. */
async function twoDrafts(tie: 'possible-copy' | 'sibling' | 'same-story') {
  const [first] = await readItems(db(), quay, [sampleItem('first')]);
  const [second] = await readItems(db(), board, [sampleItem('second')]);
  await draftOf(db(), first!, quay);
  await draftOf(db(), second!, board);
  await matchBook(db()).suggest(second!, {
    tie,
    of: first!,
    because: ['88 % of the text is the same', 'only one names a year'],
  });
  const drafts = await db().selectFrom('draft').select(['id', 'itemId']).execute();
  const of = (item: string): string => drafts.find(({ itemId }) => itemId === item)!.id;
  return {
    first: first!,
    second: second!,
    firstDraft: of(first!),
    secondDraft: of(second!),
    userId: await sampleUser(db()),
  };
}

const stateOf = async (id: string) => await deskDrafts(db()).findDraft(id);

test('both drafts show the suggestion with its reason, and lead to one another', async () => {
  const { first, second, firstDraft, secondDraft } = await twoDrafts('possible-copy');
  const because = '88 % of the text is the same; only one names a year';
  expect((await stateOf(firstDraft))?.ties).toMatchObject([
    { itemId: second, tie: 'possible-copy', standing: 'suggested', because, draftId: secondDraft },
  ]);
  expect((await stateOf(secondDraft))?.ties).toMatchObject([{ itemId: first, draftId: firstDraft }]);
});

test('a confirmed copy joins the story, and its own draft is rejected as a duplicate, with who and why', async () => {
  const { second, firstDraft, secondDraft, userId } = await twoDrafts('possible-copy');
  await storyTies(db()).decideTie({ draftId: firstDraft, itemId: second, word: 'confirm', userId });
  expect(await stateOf(secondDraft)).toMatchObject({ state: 'rejected', rejectReason: 'duplicate' });
  expect(await endOf(db(), second)).toMatchObject({
    disposition: 'joined',
    reason: expect.stringContaining('An editor confirmed') as string,
  });
  expect((await stateOf(firstDraft))?.ties).toMatchObject([{ itemId: second, tie: 'copy', standing: 'confirmed' }]);
  const row = await db().selectFrom('storySuggestion').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ standing: 'confirmed', byUser: userId });
  expect((await deskDrafts(db()).events(firstDraft)).map(({ did, by }) => ({ did, by }))).toContainEqual({
    did: 'tie-confirmed',
    by: 'Ada Field',
  });
});

test('a copy whose own draft is approved already cannot be swallowed from here', async () => {
  const { second, firstDraft, secondDraft, userId } = await twoDrafts('possible-copy');
  await db().updateTable('draft').set({ state: 'approved' }).where('id', '=', secondDraft).execute();
  const word = { draftId: firstDraft, itemId: second, word: 'confirm' as const, userId };
  await expect(storyTies(db()).decideTie(word)).rejects.toMatchObject({ code: 'draft.not-allowed' });
  expect((await stateOf(secondDraft))?.state).toBe('approved');
  expect((await stateOf(firstDraft))?.ties).toMatchObject([{ standing: 'suggested' }]);
});

test.each(['sibling', 'same-story'] as const)('after a confirmed %s both drafts stand', async (tie) => {
  const { second, firstDraft, secondDraft, userId } = await twoDrafts(tie);
  await storyTies(db()).decideTie({ draftId: firstDraft, itemId: second, word: 'confirm', userId });
  expect((await stateOf(firstDraft))?.state).toBe('drafted');
  expect((await stateOf(secondDraft))?.state).toBe('drafted');
  expect((await stateOf(firstDraft))?.ties).toMatchObject([{ itemId: second, tie, standing: 'confirmed' }]);
});

test('a detached suggestion is gone from both, and a second word on it is refused', async () => {
  const { second, firstDraft, secondDraft, userId } = await twoDrafts('possible-copy');
  const word = { draftId: firstDraft, itemId: second, word: 'detach' as const, userId };
  await storyTies(db()).decideTie(word);
  expect((await stateOf(firstDraft))?.ties).toEqual([]);
  expect((await stateOf(secondDraft))?.ties).toEqual([]);
  await expect(storyTies(db()).decideTie(word)).rejects.toMatchObject({ code: 'draft.not-allowed' });
});

test('an item that had joined and is detached waits for a draft of its own', async () => {
  const [first, second] = [
    (await readItems(db(), quay, [sampleItem('first')]))[0]!,
    (await readItems(db(), board, [sampleItem('second')]))[0]!,
  ];
  await draftOf(db(), first, quay);
  const item = { id: second, sourceId: board.id, found: sampleItem('second'), revision: 1 };
  await draftBook(db()).joinStory(item, { tie: 'copy', of: first, because: ['all the same'] });
  const draft = await db().selectFrom('draft').select('id').executeTakeFirstOrThrow();
  const userId = await sampleUser(db());
  await storyTies(db()).decideTie({ draftId: draft.id, itemId: second, word: 'detach', userId });
  expect(await endOf(db(), second)).toMatchObject({ disposition: 'read' });
  expect(await draftOf(db(), second, board)).toBe('created');
});
