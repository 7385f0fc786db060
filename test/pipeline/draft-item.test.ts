import { draftItem, type DraftPorts } from '../../src/pipeline/draft-item.js';
import { itemMatcher } from '../../src/pipeline/match-item.js';
import { itemRanker } from '../../src/pipeline/rank-item.js';
import { decisionLog } from '../../src/store/decision-log.js';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { matchBook } from '../../src/store/match-book.js';
import type { Store } from '../../src/store/connect.js';
import { openStore } from '../../src/store/connect.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { NOON, polledItems, sampleArticle, sampleCapture, sampleItem, sampleSource } from '../store/samples.js';

const clock = { now: () => NOON };
/** A thousand were shown once, with NEWSDESK_ROUNDS=1000; some will do each time. */
const ROUNDS = Number(process.env['NEWSDESK_ROUNDS'] ?? 40);
let database: TestDatabase;
const quay = sampleSource('quay');
const board = sampleSource('lighthouse-board', { name: 'Lighthouse Board of Penmarsh' });
const department = sampleSource('department', { class: 'government' });

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

function portsOn({ db }: Pick<Store, 'db'>): DraftPorts {
  const matching = matchBook(db);
  return {
    items: itemBook(db),
    drafts: draftBook(db),
    matching,
    source: (id) => [quay, board, department].find((source) => source.id === id),
    match: itemMatcher(matching),
    rank: itemRanker(decisionLog(db), clock),
  };
}

/** Polled and read: an item of that source with that title and text. */
async function read(source: typeof quay, title: string, text: string): Promise<string> {
  const name = `${source.id}-${title.toLowerCase().replace(/\W+/g, '-')}`;
  const url = `https://${source.id}.example/news/${name}`;
  const [id] = await polledItems(database.store.db, source, [sampleItem(name, { key: url, url, title })]);
  const item = (await itemBook(database.store.db).findItem(id ?? ''))!;
  const article = sampleArticle(url, { title, bodyText: text, bodyHtml: `<p>${text}</p>` });
  await itemBook(database.store.db).recordCapture(item, { ...sampleCapture(url), article });
  return item.id;
}

const text = (about: string): string =>
  `The harbour board set out nine recommendations on ${about} for the agencies that work with families on the quay, and asks each ` +
  'of them to say by the end of the quarter what it has done. It found that lighthouse keepers, net menders and ferry crews knew a ' +
  'part of the picture while nobody held the whole, and that records were kept in four places and read in none of them.';
const drafts = async () =>
  await database.store.db.selectFrom('draft').select(['id', 'itemId', 'headline', 'score', 'why', 'section']).execute();

test('a draft says where it stands in the queue and why', async () => {
  const id = await read(quay, 'Safeguarding review of the ferry service', text('ferries'));
  expect(await draftItem(portsOn(database.store), quay, id)).toEqual({ outcome: 'created' });
  const [draft] = await drafts();
  expect(draft).toMatchObject({
    why: expect.arrayContaining(['+ safeguarding']) as string[],
    section: 'Worthy of Note',
  });
  expect(draft?.score).toBeGreaterThan(0);
});

test('the same text of another body joins the story, and the reason says so', async () => {
  const ports = portsOn(database.store);
  const first = await read(quay, 'Nine recommendations for the quay', text('ropes'));
  const second = await read(board, 'Quay shares: Nine recommendations for the quay', text('ropes'));
  await draftItem(ports, quay, first);
  expect(await draftItem(ports, board, second)).toEqual({ outcome: 'joined' });
  const item = await itemBook(database.store.db).findItem(second);
  expect(item?.disposition).toBe('joined');
  const row = await database.store.db
    .selectFrom('item')
    .select('reason')
    .where('id', '=', second)
    .executeTakeFirstOrThrow();
  expect(row.reason).toMatch(/% of the text .*is the same/);
  expect(await drafts()).toHaveLength(1);
});

test('the publishing organisation leads: the untouched draft of a re-post becomes its own, and both are kept', async () => {
  const ports = portsOn(database.store);
  const first = await read(quay, 'Nine recommendations for the quay', text('ropes'));
  await draftItem(ports, quay, first);
  const second = await read(department, 'Nine recommendations for the quay', text('ropes'));
  expect(await draftItem(ports, department, second)).toEqual({ outcome: 'created' });
  const { db } = database.store;
  expect(await db.selectFrom('draft').select(['itemId', 'sourceName', 'version']).execute()).toEqual([
    { itemId: second, sourceName: department.name, version: 2 },
  ]);
  expect((await itemBook(db).findItem(first))?.disposition).toBe('joined');
  expect(await draftItem(ports, department, second)).toEqual({ outcome: 'nothing-to-do' });
});

test('a draft that an editor touched keeps its lead', async () => {
  const ports = portsOn(database.store);
  const first = await read(quay, 'Nine recommendations for the quay', text('ropes'));
  await draftItem(ports, quay, first);
  const { db } = database.store;
  await db.updateTable('draft').set({ version: 2 }).execute();
  const second = await read(department, 'Nine recommendations for the quay', text('ropes'));
  expect(await draftItem(ports, department, second)).toEqual({ outcome: 'joined' });
  expect(await db.selectFrom('draft').select('itemId').execute()).toEqual([{ itemId: first }]);
});

test('whoever alone is named in the text leads, whatever the class', async () => {
  const ports = portsOn(database.store);
  const words = `${text('ropes')} The Lighthouse Board of Penmarsh accepts them all.`;
  const first = await read(department, 'Nine recommendations for the quay', words);
  await draftItem(ports, department, first);
  const second = await read(board, 'Nine recommendations for the quay', words);
  expect(await draftItem(ports, board, second)).toEqual({ outcome: 'created' });
});

test('a sibling gets its own draft and a suggestion for the editor', async () => {
  const ports = portsOn(database.store);
  const first = await read(quay, 'Theo: Local Child Safeguarding Practice Review', text('Theo'));
  const second = await read(board, 'Zac: Local Child Safeguarding Practice Review', text('Zac'));
  await draftItem(ports, quay, first);
  expect(await draftItem(ports, board, second)).toEqual({ outcome: 'created' });
  const suggestions = await database.store.db.selectFrom('storySuggestion').selectAll().execute();
  expect(suggestions).toMatchObject([{ itemId: second, ofItemId: first, tie: 'sibling', standing: 'suggested' }]);
});

test('another telling of an event is suggested as the same story', async () => {
  const ports = portsOn(database.store);
  const fire =
    'A fire at the Bramwick ferry terminal on Gull Island was put out by crews from Penmarsh. Harbour master Ada Quill said nobody was hurt. The ferries to the mainland will run again when the pier has been looked at and made safe.';
  const again =
    'Harbour master Ada Quill thanked Penmarsh crews after flames spread through the ferry terminal in Bramwick on Gull Island overnight. No ferry leaves for the mainland before the pier has been looked at by the crews and made safe again.';
  for (const [at, word] of WORDS.entries())
    await draftItem(ports, quay, await read(quay, `All about ${word}`, long(word, at)));
  const first = await read(quay, 'Fire at the Bramwick ferry terminal', fire);
  await draftItem(ports, quay, first);
  const second = await read(board, 'Ferry terminal blaze under control', again);
  expect(await draftItem(ports, board, second)).toEqual({ outcome: 'created' });
  const suggestion = await database.store.db
    .selectFrom('storySuggestion')
    .selectAll()
    .where('itemId', '=', second)
    .executeTakeFirst();
  expect(suggestion).toMatchObject({ ofItemId: first, tie: 'same-story', standing: 'suggested' });
});

test(
  'an item and its copies, given to several workers at once, make one draft a round',
  async () => {
    const others = await Promise.all([
      openStore({ url: database.url, max: 4 }),
      openStore({ url: database.url, max: 4 }),
    ]);
    try {
      const workers = [portsOn(database.store), ...others.map(portsOn)];
      for (let round = 0; round < ROUNDS; round += 1) {
        const word = WORDS[round % WORDS.length] ?? '';
        const about = `${word} and ${WORDS[(round * 7 + 3) % WORDS.length] ?? ''} in round ${round}`;
        const [a, b] = [
          await read(quay, `Report ${round} on ${word}`, long(about, round)),
          await read(board, `Report ${round} on ${word}`, long(about, round)),
        ];
        await Promise.all([
          draftItem(workers[0]!, quay, a),
          draftItem(workers[1]!, board, b),
          draftItem(workers[2]!, quay, a),
          draftItem(workers[1]!, quay, a),
          draftItem(workers[2]!, board, b),
        ]);
        expect(await drafts()).toHaveLength(round + 1);
      }
    } finally {
      await Promise.all(others.map(async (store) => await store.close()));
    }
  },
  120_000 + ROUNDS * 1_000,
);

const WORDS = ['gulls', 'ropes', 'tides', 'charts', 'lamps', 'nets', 'buoys', 'anchors', 'masts', 'oars', 'bells'];
/** A text that no other round shares a run of words with. */
function long(about: string, round: number): string {
  return Array.from(
    { length: 60 },
    (_, at) => `${WORDS[(at * (round + 2)) % WORDS.length] ?? ''}${(round * 61 + at) % 997}`,
  ).join(` ${about} `);
}
