import { noticeBook } from '../../src/store/notices.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { later, polledItems, sampleItem, samplePoll, sampleSource } from './samples.js';

let database: TestDatabase;
const db = () => database.store.db;
const rows = async () => await db().selectFrom('source').select(['id', 'name', 'enabled']).orderBy('id').execute();

beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => await database.close());

test('rows follow the configuration: added, renamed, switched off, taken out, put in again', async () => {
  const [a, b] = [sampleSource('a'), sampleSource('b', { enabled: false })];
  expect(await syncSources(db(), [a, b])).toEqual({ added: ['a'], disabled: [] });
  expect(await syncSources(db(), [a, b])).toEqual({ added: [], disabled: [] });
  expect(await syncSources(db(), [{ ...a, name: 'A new name' }])).toEqual({ added: [], disabled: [] });
  expect(await rows()).toEqual([
    { id: 'a', name: 'A new name', enabled: true },
    { id: 'b', name: b.name, enabled: false },
  ]);
  expect(await syncSources(db(), [])).toEqual({ added: [], disabled: ['a'] });
  expect(await syncSources(db(), [a])).toEqual({ added: ['a'], disabled: [] });
});

test('a source that is taken out keeps its items, and goes on from its memory when it comes back', async () => {
  const a = sampleSource('a');
  await polledItems(db(), a, [sampleItem('x')]);
  await syncSources(db(), []);
  expect(await db().selectFrom('item').select('id').execute()).toHaveLength(1);
  await syncSources(db(), [a]);
  expect(await pollLedger(db()).standing(a)).toMatchObject({ memory: { seen: ['a'] }, nextPollAt: later(60) });
});

test('a new source is due at once', async () => {
  const before = Date.now();
  await syncSources(db(), [sampleSource('a')]);
  const { nextPollAt } = await pollLedger(db()).standing(sampleSource('a'));
  expect(Math.abs(nextPollAt.getTime() - before)).toBeLessThan(60_000);
});

test('three processes at once agree', async () => {
  const sources = ['a', 'b', 'c'].map((id) => sampleSource(id));
  const outcomes = await Promise.all([1, 2, 3].map(async () => await syncSources(db(), sources)));
  expect(outcomes.flatMap(({ added }) => added).sort()).toEqual(['a', 'b', 'c']);
  await pollLedger(db()).recordPoll(sources[0]!, samplePoll([]));
});

test('a notice is one for each incident, with the newest words, until it is closed', async () => {
  const notices = noticeBook(db());
  await notices.open('configuration', 'sources.config.ts', 'Row 3: no name', later(0));
  await Promise.all(
    [1, 2, 3].map(async () => await notices.open('configuration', 'sources.config.ts', 'Row 4: no url')),
  );
  await notices.open('configuration', 'other.ts', 'Not there', later(2));
  expect(await notices.openNotices()).toMatchObject([
    { subject: 'other.ts' },
    { kind: 'configuration', subject: 'sources.config.ts', message: 'Row 4: no url', beganAt: later(0), endedAt: null },
  ]);
  await notices.close('configuration', 'sources.config.ts', later(3));
  await notices.close('configuration', 'sources.config.ts', later(4));
  expect(await notices.openNotices()).toHaveLength(1);
  await notices.open('configuration', 'sources.config.ts', 'Again', later(5));
  expect(await notices.openNotices()).toMatchObject([{ message: 'Again', beganAt: later(5) }, { subject: 'other.ts' }]);
});
