import { noteFindings } from '../../src/pipeline/note-findings.js';
import { findingBook } from '../../src/store/finding-book.js';
import { openDesk, seedDraft, type Desk } from '../web/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const HELD = '<p>The partnership has published its yearly report. 412 children had a plan in March.</p>';

test.each([
  ['what its source holds', HELD, HELD, { found_claims: false, found_sensitive: false }],
  ['a figure that it does not hold', HELD.replace('412', '977'), HELD, { found_claims: true, found_sensitive: false }],
  [
    'a child that can be known',
    '<p>The boy, aged 4, of Wells Road, died in March.</p>',
    '<p>The boy, aged 4, of Wells Road, died in March.</p>',
    { found_claims: false, found_sensitive: true },
  ],
])('the queue is told of %s', async (_, bodyHtml, articleHtml, marks) => {
  const { db, pool } = desk.database.store;
  const id = await seedDraft(desk, { bodyHtml, articleHtml });
  const findings = findingBook(db);
  await noteFindings({ clock: { now: () => new Date() }, findings }, id);
  const read = async () =>
    (
      await pool.query<Record<string, boolean | null>>(
        'select found_claims, found_sensitive from draft where id = $1',
        [id],
      )
    ).rows;
  expect(await read()).toEqual([marks]);
  // Of words that have changed meanwhile nothing is kept.
  await pool.query('update draft set version = 2 where id = $1', [id]);
  await findings.noteFindings(id, 1, { claims: true, sensitive: true });
  expect(await read()).toEqual([{ found_claims: null, found_sensitive: null }]);
});
