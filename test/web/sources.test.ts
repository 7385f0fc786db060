import fc from 'fast-check';
import { accountOf, sumOf } from '../../src/model/account.js';
import { Failure } from '../../src/model/failure.js';
import { DISPOSITIONS, type Disposition } from '../../src/model/item.js';
import type { Sight } from '../../src/model/sight.js';
import { itemBook } from '../../src/store/items.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { later, NOON, sampleItem, samplePoll, sampleReading, sampleSource } from '../store/samples.js';
import { openDesk, Visitor, type Desk } from './desk.js';

let desk: Desk;
const source = sampleSource('harbour-trust');
const NOW = later(24 * 60);
const db = () => desk.database.store.db;
const ledger = () => pollLedger(db());

beforeEach(async () => {
  desk = await openDesk({ now: () => NOW });
  await syncSources(db(), [source]);
});
afterEach(async () => await desk.close());

const sight = (more: Partial<Sight> = {}): Sight => ({
  at: NOON.toISOString(),
  url: source.url,
  status: 200,
  title: 'News of the harbour',
  items: 2,
  first: ['News of a'],
  lookedFor: 'li.news',
  words: 'Read: 2 items, 2 new.',
  shown: 'The harbour is safe.',
  ...more,
});
const open = async (path: string): Promise<string> => {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('operator'));
  await visitor.get(path);
  expect(visitor.status).toBe(200);
  return visitor.html;
};
const times = (minutes: number) => ({
  startedAt: later(minutes),
  endedAt: later(minutes + 1),
  nextPollAt: later(minutes + 60),
  nextPollBecause: 'the interval of the source',
});
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('a source shows its state with its proof, and both sides of an incident', async () => {
  await ledger().recordPoll(source, samplePoll([sampleItem('a'), sampleItem('b')], { sight: sight() }));
  const good = plain(await open('/sources/harbour-trust'));
  expect(good).toContain('Last poll: Read: 2 items, 2 new.');
  expect(good).toContain('1 in the ledger.');
  expect(good).not.toContain('Before and after');

  const refused = new Failure('source.refused', 'https://x answered 403');
  const after = sight({
    status: 403,
    title: 'Forbidden',
    items: null,
    first: [],
    words: 'answered 403',
    shown: 'No <b>',
  });
  await ledger().recordFailedPoll(source, refused, { ...times(60), sight: after });
  await ledger().recordFailedPoll(source, refused, { ...times(120), sight: sight({ title: 'The second bad look' }) });
  const html = await open('/sources/harbour-trust');
  const bad = plain(html);
  expect(bad).toContain('Refuses us');
  expect(bad).toMatch(/Last good look .* News of the harbour .* li\.news .* First bad look .* 403 .* Forbidden/);
  expect(html).toContain('No &lt;b>');
  // One incident, told by its first bad look.
  expect(bad.match(/First bad look/g)).toHaveLength(1);
  expect(bad).not.toContain('The second bad look');
});

test('both pages of an incident are shown in frames that run nothing, made of what was kept', async () => {
  const at = (page: string): Sight => sight({ page, lookedFor: 'ul.news > li' });
  const before = at('<ul class="news"><li><a href="/a">News of a</a></li></ul>');
  await ledger().recordPoll(source, samplePoll([sampleItem('a')], { sight: before }));
  const changed = new Failure('source.changed', 'Nothing was found');
  const after = at('<div class="cards"><a href="/a">News of a</a></div><p>&lt;script&gt;x&lt;/script&gt;</p>');
  await ledger().recordFailedPoll(source, changed, { ...times(60), sight: after });
  const html = await open('/sources/harbour-trust');
  const frames = [
    ...html.matchAll(/<iframe sandbox(?:="")? loading="lazy" src="([^"#]+)#newsdesk-first" title="([^"]+)"/g),
  ];
  expect(frames.map(([, , title]) => title?.split(',')[0])).toEqual(['Last good look', 'First bad look']);
  // The pages themselves are not part of the page.
  expect(html).not.toContain('ul class="news"');
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  const shown: string[] = [];
  for (const [, path = ''] of frames) {
    await visitor.get(path);
    expect(visitor.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(visitor.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    shown.push(visitor.html);
  }
  expect(shown[0]).toContain('<li data-newsdesk-mark="found" id="newsdesk-first"><a>News of a</a></li>');
  expect(shown[1]).toContain('<a data-newsdesk-mark="known" id="newsdesk-first">News of a</a>');
  expect(shown[1]).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(shown[1]).toContain(
    '0 places found by ul.news > li; 1 of the 1 link that stood there before'.replace('>', '&gt;'),
  );
  const [, path = ''] = frames[0] ?? [];
  const nowhere = [
    path.replace('before', 'neither'),
    path.replace('harbour-trust', 'other'),
    '/sources/harbour-trust/incidents/x/before',
  ];
  for (const odd of nowhere) {
    await visitor.get(odd);
    expect([odd, visitor.status]).toEqual([odd, 404]);
  }
});

test('an incident after a recovery is another one, and a 304 keeps what the last good look saw', async () => {
  const failure = new Failure('source.timeout', 'Slow');
  await ledger().recordPoll(source, samplePoll([], { sight: sight({ title: 'First' }) }));
  await ledger().recordPoll(source, samplePoll([], { reading: null, sight: sight({ items: null, title: null }) }));
  await ledger().recordFailedPoll(source, failure, { ...times(60), sight: sight({ title: 'Bad 1' }) });
  await ledger().recordPoll(source, samplePoll([], { sight: sight({ title: 'Second' }), ...times(120) }));
  await ledger().recordFailedPoll(source, failure, { ...times(180), sight: sight({ title: 'Bad 2' }) });
  const { rows } = await desk.database.store.pool.query<{ before: string; after: string }>(
    `select incident #>> '{before,title}' as before, incident #>> '{after,title}' as after from poll where incident is not null order by started_at`,
  );
  expect(rows).toEqual([
    { before: 'First', after: 'Bad 1' },
    { before: 'Second', after: 'Bad 2' },
  ]);
});

test('the ledger shows each poll with its counts, fifty a page', async () => {
  for (let n = 0; n < 53; n += 1) {
    await ledger().recordPoll(
      source,
      samplePoll([], { ...times(n * 10), sight: sight({ words: `Proof ${n}.` }), bytes: 2_048 }),
    );
  }
  const first = await open('/sources/harbour-trust');
  expect(plain(first)).toContain('53 in the ledger, page 1 of 2.');
  expect(first.match(/Proof \d+\./g)).toHaveLength(51);
  const second = await open('/sources/harbour-trust?page=2');
  expect(second.match(/Proof \d+\./g)).toEqual(['Proof 2.', 'Proof 1.', 'Proof 0.']);
  expect(second).toContain('2 kB');
});

test('items a week leave the baseline out, with a table of the same figures', async () => {
  await ledger().recordPoll(
    source,
    samplePoll([], {
      items: ['a', 'b', 'c'].map((name) => ({ item: sampleItem(name), held: 'baseline' as const, addressKey: null })),
    }),
  );
  await ledger().recordPoll(source, samplePoll([sampleItem('d'), sampleItem('e')], { ...times(30) }));
  const html = await open('/sources/harbour-trust');
  expect(html).toContain('<desc id="weeks-desc">2 items in 26 weeks, at most 2 in one.</desc>');
  expect(html).toMatch(/<th scope="row">2026-03-02<\/th><td>2<\/td>/);
  expect(html.match(/<rect/g)).toHaveLength(26);
});

test('fields that items had before and have no more are told', async () => {
  const posted = { value: '2026-02-01', precision: 'day' as const, evidence: 'text' };
  const old = Array.from({ length: 50 }, (_, n) => sampleItem(`old-${n}`, { posted }));
  const fresh = Array.from({ length: 50 }, (_, n) => sampleItem(`new-${n}`));
  await ledger().recordPoll(source, samplePoll(old));
  await ledger().recordPoll(source, samplePoll(fresh, { ...times(60) }));
  const html = await open('/sources/harbour-trust');
  expect(plain(html)).toMatch(/Date 0 % fell 100 %/);
  expect(plain(html)).toMatch(/Title 100 % 100 %/);
  expect(plain(html)).toMatch(/Byline, of those read – –/);
});

test('a poll long past its time is told with its name, unless somebody paused it', async () => {
  await db()
    .updateTable('source')
    .set({ nextPollAt: later(-60) })
    .execute();
  expect(plain(await open('/sources'))).toMatch(/1 overdue\..*The harbour-trust charity/);
  await db()
    .updateTable('source')
    .set({ pausedUntil: later(48 * 60) })
    .execute();
  expect(plain(await open('/sources'))).toContain('0 overdue. All as it should be.');
});

describe('all-in-one counts', () => {
  const count = fc.nat({ max: 10_000_000 });
  const counts = fc.record<Record<Disposition, number>>({
    found: count,
    read: count,
    drafted: count,
    joined: count,
    held: count,
    failed: count,
  });

  test('the parts are the whole, for one source and for all', () => {
    fc.assert(
      fc.property(fc.array(counts), (all) => {
        const whole = accountOf(sumOf(all));
        const parts = all.map(accountOf);
        for (const name of Object.keys(whole) as (keyof typeof whole)[])
          expect(whole[name]).toBe(parts.reduce((sum, one) => sum + one[name], 0));
        const { found, drafted, joined, held, failed, waiting } = whole;
        expect(drafted + joined + held + failed + waiting).toBe(found);
        expect(found).toBe(all.flatMap((one) => Object.values(one)).reduce((sum, n) => sum + n, 0));
      }),
    );
  });

  test('whatever becomes of items, each is counted once and none is lost', async () => {
    const names = Object.keys(DISPOSITIONS);
    expect(names.sort()).toEqual(Object.keys(sumOf([])).sort());
    let polled = 0;
    const step = fc.record({
      find: fc.nat({ max: 4 }),
      act: fc.constantFrom('hold', 'fail', 'later', 'release', 'none'),
      which: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const { find, act, which } of steps) {
          const items = Array.from({ length: find }, () => sampleItem(`item-${(polled += 1)}`));
          await ledger().recordPoll(source, samplePoll(items));
          await change(act, which);
        }
        await expectAccount(polled);
      }),
      { numRuns: 15 },
    );
  });
});

async function change(act: string, which: number): Promise<void> {
  const ids = await db().selectFrom('item').select('id').orderBy('id').execute();
  const id = ids[which % Math.max(1, ids.length)]?.id;
  if (id === undefined) return;
  const book = itemBook(db());
  const failure = new Failure('item.unreadable', 'No text');
  if (act === 'hold') await book.holdItem(id, 'filtered', 'A rule');
  if (act === 'fail') await book.recordItemFailure(id, failure, null);
  if (act === 'later') await book.recordItemFailure(id, failure, later(60));
  if (act === 'release') await db().updateTable('item').set({ disposition: 'read' }).where('id', '=', id).execute();
}

/** What the desk shows, against a count of rows. */
async function expectAccount(items: number): Promise<void> {
  const { rows } = await desk.database.store.pool.query<{ n: number }>('select count(*) as n from item');
  expect(rows[0]?.n).toBe(items);
  const html = await open('/sources');
  const shown = [...html.matchAll(/<dt>(\w+)<\/dt><dd>(?:<span[^>]*>.<\/span>)?(\d+)/g)].map(
    ([, name, n]) => [name, Number(n)] as const,
  );
  expect(shown.find(([name]) => name === 'found')).toEqual(['found', items]);
  expect(shown.reduce((sum, [, n]) => sum + n, 0)).toBe(2 * items);
}

test('a changed page without a reading of memory still opens', async () => {
  const reading = sampleReading({ health: 'changed', hints: ['Nothing was found'] });
  await ledger().recordPoll(source, samplePoll([], { reading, sight: sight({ words: 'Nothing was found' }) }));
  const html = plain(await open('/sources/harbour-trust'));
  expect(html).toContain('Changed: it must be looked at');
  expect(html).toContain('Nothing was kept of one.');
});
