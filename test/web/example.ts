import type { Sight } from '../../src/model/sight.js';
import { deskEdits } from '../../src/store/desk-edits.js';
import { deskPosts } from '../../src/store/desk-posts.js';
import { noticeBook } from '../../src/store/notices.js';
import { seedDraft, type Desk, type Seed } from './desk.js';

const HOUR = 3_600_000;

/** Invented bodies with invented news: what a desk looks like on an ordinary morning. */
const NEWS: readonly (Seed & { readonly hours: number })[] = [
  {
    hours: 0.3,
    sourceId: 'northshire',
    sourceName: 'Northshire Safeguarding Children Partnership',
    headline:
      'Northshire Safeguarding Children Partnership publish Child Q Local Child Safeguarding Practice Review November 2026',
    bodyHtml:
      '<p>The partnership has published its review of how services worked with a family in the north of the county.</p><p>It makes six recommendations, which all partners have accepted.</p>',
  },
  {
    hours: 1,
    sourceId: 'fair-play',
    sourceName: 'Office for Fair Play Online',
    headline: 'Platforms must answer reports of harm within 24 hours under new code',
    bodyHtml:
      '<p>From January, services used by children must answer a report of serious harm within 24 hours, and say what they did.</p>',
  },
  {
    hours: 2.5,
    sourceId: 'sodor',
    sourceName: 'Isle of Sodor Government',
    headline: 'Consultation opens on raising the age of marriage to 18',
    bodyHtml:
      '<p>Residents are asked for their views until 16 January on a bill that ends marriage under the age of 18.</p>',
  },
  {
    hours: 20,
    sourceId: 'helping-hands',
    sourceName: 'Helping Hands for Children',
    headline: 'One in five families skipped meals this autumn, survey finds',
    bodyHtml:
      '<p>A survey of 2,140 families in touch with our services shows that one in five went without a meal in October.</p>',
  },
  {
    hours: 26,
    sourceId: 'westmark-police',
    sourceName: 'Westmark Police',
    headline: 'Man jailed for eleven years after online grooming inquiry',
    bodyHtml:
      '<p>A man from Westmark was sentenced at the Crown Court on Monday after an inquiry that began with a call to a helpline.</p>',
  },
  {
    hours: 50,
    sourceId: 'inspectorate',
    sourceName: 'Inspectorate of Children’s Homes',
    headline: 'Guidance on notifying serious incidents updated 20 November 2026',
    bodyHtml: '<p>The guidance now says who must be told on a weekend, and links the new form.</p>',
  },
];

const ARTICLE = `<p>Children who report abuse will be able to give evidence by video within weeks, and not months, under a plan that was announced today.</p>
<p>Read the executive summary</p>
<p>The Court Service of Northshire will open four rooms away from court buildings, each with a trained worker who stays with the child throughout.</p>
<h3>What changes</h3>
<ul><li>Recorded cross-examination is offered in all 38 courts by March 2027.</li><li>A named worker keeps the family informed at each step.</li><li>Waiting times are published every three months.</li></ul>
<blockquote><p>No child should have to wait a year to be heard.</p><footer>Anna Lindqvist, Victims’ Champion for Northshire</footer></blockquote>
<p>Anybody who is worried about a child can call the Northshire helpline on 0800 555 0100, day and night.</p>
<p>We will publish the first figures in the spring.</p>
<p>-ENDS-</p>
<p>Notes to editors</p>
<p>For interviews call the press office on 01632 960 000.</p>`;

/** A desk with drafts, posts, a source that fails and a notice. Gives the id of the draft worth showing. */
export async function seedExample(desk: Desk): Promise<string> {
  const now = Date.now();
  for (const { hours, ...seed } of NEWS) await seedDraft(desk, { ...seed, foundAt: new Date(now - hours * HOUR) });
  const draft = await seedDraft(desk, {
    sourceId: 'courts',
    sourceName: 'Court Service of Northshire',
    headline: 'Children to give evidence by video within weeks',
    url: 'https://courts.northshire.example/news/evidence-by-video',
    articleHtml: ARTICLE,
    bodyHtml: ARTICLE.split('\n')
      .filter((block) => !/executive|ENDS|Notes to|press office/.test(block))
      .map((block) =>
        block.startsWith('<blockquote')
          ? '<p>“No child should have to wait a year to be heard.”</p>\n<p>Anna Lindqvist, Victims’ Champion for Northshire</p>'
          : block,
      )
      .join('\n'),
    cuts: [
      { at: 1, html: '<p>Read the executive summary</p>', because: 'call to action' },
      { at: 7, html: '<p>-ENDS-</p>', because: 'after “Ends”' },
      { at: 8, html: '<p>Notes to editors</p>', because: 'after “Ends”' },
      { at: 9, html: '<p>For interviews call the press office on 01632 960 000.</p>', because: 'after “Ends”' },
    ],
    foundAt: new Date(now - 0.1 * HOUR),
  });
  await publishSome(desk);
  await failASource(desk);
  return draft;
}

async function publishSome(desk: Desk): Promise<void> {
  const { db } = desk.database.store;
  const editor = await desk.addUser('editor', 'Sam Okafor');
  for (const headline of [
    'Helpline for young carers now open at night',
    'New duty to report lost records of children in care',
    'Yearly figures on exploitation published',
  ]) {
    const id = await seedDraft(desk, { headline, foundAt: new Date(Date.now() - 40 * HOUR) });
    const by = { userId: editor.id, reason: null };
    await deskEdits(db).moveDraft(id, 1, 'review', by);
    await deskEdits(db).moveDraft(id, 1, 'approve', by);
    const slug = headline.toLowerCase().replaceAll(' ', '-');
    await deskPosts(db, ['joomla']).publishDraft(id, 1, { userId: editor.id, slug, at: new Date() });
  }
  await deliverSome(desk);
  const approved = await seedDraft(desk, {
    headline: 'Church body names its first lead for survivors',
    foundAt: new Date(Date.now() - 3 * HOUR),
  });
  await deskEdits(db).moveDraft(approved, 1, 'review', { userId: editor.id, reason: null });
}

/** Two arrived, one did not. */
async function deliverSome({ database }: Desk): Promise<void> {
  const { pool } = database.store;
  await pool.query(
    `update delivery set state = 'done', attempts = 1, delivered_at = now(), remote_id = '412', remote_url = 'https://site.example/412'`,
  );
  await pool.query(
    `update delivery set state = 'failed', delivered_at = null, remote_id = null, remote_url = null, failure_code = 'output.refused',
      failure_message = 'Joomla did not take the article (400: Another Article in this category has the same alias.)'
    where post_id in (select id from post order by headline limit 1)`,
  );
}

async function failASource({ database }: Desk): Promise<void> {
  const { pool, db } = database.store;
  await pool.query(`update source set state = 'changed', failure_code = 'source.changed', failure_message = 'ul.news li matches nothing on the page',
    failing_since = now() - interval '3 hours', failures_in_row = 3, next_poll_because = 'it failed; tried again after a pause',
    next_poll_at = now() + interval '50 minutes', last_good_at = now() - interval '4 hours' where id = 'helping-hands'`);
  await pool.query(
    `update source set next_poll_at = now() + interval '35 minutes', next_poll_because = 'every 60 minutes', last_new_at = now() - interval '2 hours' where id <> 'helping-hands'`,
  );
  await pool.query(`insert into poll (source_id, started_at, ended_at, outcome, found, new, http_status)
    select id, now() - interval '25 minutes', now() - interval '25 minutes', 'nothing-new', 12, 0, 200 from source`);
  const before = sightOf(
    '<ul class="news"><li><a href="/n/meals">Meals</a></li><li><a href="/n/carers">Carers</a></li></ul>',
  );
  const after = sightOf('<div class="cards"><div><a href="/n/meals">Meals</a></div><p>More in the new year.</p></div>');
  await pool.query(`update poll set outcome = 'changed', proof = $1, incident = $2 where source_id = 'helping-hands'`, [
    after.words,
    JSON.stringify({ before: { ...before, items: 2, words: 'Read: 2 items, 1 new.' }, after }),
  ]);
  await pool.query(`insert into poll (source_id, started_at, ended_at, outcome, found, new, http_status, proof)
    select 'helping-hands', at, at, 'nothing-new', 2, 0, 200, 'The list is as it was: 2 items.'
    from generate_series(now() - interval '60 hours', now() - interval '1 hour', interval '1 hour') as at`);
  for (const [title, disposition, code, reason] of [
    ['Volunteer of the year named', 'held', 'filtered', 'The rule “volunteer” of this source keeps it out.'],
    ['Opening hours in December', 'held', 'baseline', 'It was there before we began to watch this source.'],
    ['Scanned minutes of the board (PDF)', 'failed', 'item.no-text-in-file', 'The file has no text in it.'],
  ]) {
    await pool.query(
      `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason_code, reason)
      values ('sodor', $1, 'article', 'https://sodor.example/x', $1, '{}', now(), $2, $3, $4)`,
      [title, disposition, code, reason],
    );
  }
  await noticeBook(db).open(
    'configuration',
    'sources.config.ts',
    'row 14: “everyMinutes” is 5, and must be at least 30. The last good configuration stays in force.',
  );
}

function sightOf(page: string): Sight {
  return {
    at: new Date().toISOString(),
    url: 'https://helping-hands.example/news',
    status: 200,
    title: 'News – Helping Hands for Children',
    items: 0,
    first: [],
    lookedFor: 'ul.news > li',
    words: 'Nothing was found where 2 items were at the last good look',
    shown: 'News Meals Carers',
    page,
  };
}
