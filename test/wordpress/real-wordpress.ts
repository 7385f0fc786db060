import type { Delivery } from '../../src/model/delivery.js';
import { jsonCaller } from '../../src/net/call-json.js';
import type { Ask } from '../../src/outputs/deliveries/place.js';
import { wordpress, type WordPressOptions } from '../../src/outputs/deliveries/wordpress.js';
import { samplePost } from '../outputs/sample-post.js';
import { openWordPress, type WordPressSite } from './wordpress-site.js';

/** `npm run test:wordpress`: our output against Debian's WordPress. No part of `npm test`: it needs PHP and MariaDB. */
let site: WordPressSite;
beforeAll(async () => {
  site = await openWordPress();
}, 180_000);
afterAll(async () => await site.close());

const call = jsonCaller('SAFE-Newsdesk/test');

function output(more: Partial<WordPressOptions> = {}, ask: Ask = call) {
  const { url, user, password } = site;
  return wordpress({ url, user, password, status: 'draft', category: null, ...more }, ask);
}

/** A post of its own for each test. */
function delivery(number: number, more: Partial<Delivery> = {}): Delivery {
  const id = `7b0e7f0e-38a5-4c41-8d38-${String(number).padStart(12, '0')}`;
  const post = { ...samplePost({ id, slug: `lifeboat-day-${number}` }), draftId: id };
  return {
    output: 'wordpress',
    asked: 1,
    remoteId: null,
    remoteWithdrawn: false,
    post,
    section: null,
    withdrawn: false,
    ...more,
  };
}

interface Row {
  readonly post_title: string;
  readonly post_content: string;
  readonly post_name: string;
  readonly post_status: string;
  readonly categories: readonly number[];
}

function rowOf(id: string | null): Row {
  return site.run(
    `return array_merge((array) get_post(${Number(id)}), ['categories' => wp_get_post_categories(${Number(id)})]);`,
  ) as Row;
}

/** How many posts there are with this name or one made of it, in whatever status. */
function countOf(slug: string): unknown {
  return site.run(
    `global $wpdb; return (int) $wpdb->get_var("select count(*) from {$wpdb->posts} where post_type = 'post' and post_name like '${slug}%'");`,
  );
}

test('a new post is a draft there, with all its words, and the same post ever after', async () => {
  const first = await output({ category: site.category }).deliver(delivery(1));
  const row = rowOf(first.remoteId);
  expect(row).toMatchObject({
    post_title: 'Lifeboat day moves to June',
    post_name: 'lifeboat-day-1',
    post_status: 'draft',
    categories: [site.category],
  });
  expect(row.post_content).toContain(
    'Source: Harbour Trust published on this website Wednesday 1 July 2026 by Ada Field',
  );
  expect(row.post_content).toContain('<p>The lifeboat day moves.</p>');
  expect(row.post_content).toContain('href="https://harbour-trust.example/lifeboat"');
  expect(first.remoteUrl).toContain(site.url);

  const { post } = delivery(1);
  const corrected = { ...post, headline: 'Lifeboat day moves to July', bodyHtml: '<p>It is July.</p>' };
  const again = await output().deliver(delivery(1, { asked: 2, remoteId: first.remoteId, post: corrected }));
  expect(again.remoteId).toBe(first.remoteId);
  expect(rowOf(first.remoteId)).toMatchObject({
    post_title: 'Lifeboat day moves to July',
    post_status: 'draft',
    categories: [site.category],
  });
  expect(countOf('lifeboat-day-1')).toBe(1);
});

test('an answer that was lost makes no second post', async () => {
  const losing: Ask = async (asked) => {
    const answer = await call(asked);
    if (asked.method === 'POST') throw new Error('the line broke');
    return answer;
  };
  await expect(output({}, losing).deliver(delivery(2))).rejects.toThrow('the line broke');
  expect(countOf('lifeboat-day-2')).toBe(1);
  const found = await output().deliver(delivery(2));
  expect(rowOf(found.remoteId)).toMatchObject({ post_name: 'lifeboat-day-2' });
  expect(countOf('lifeboat-day-2')).toBe(1);
});

test('an address that another post there has is given another one by WordPress; the other post stays as it is', async () => {
  const other = site.run(
    `return wp_insert_post(['post_title' => 'Their own', 'post_name' => 'lifeboat-day-3', 'post_status' => 'publish', 'post_content' => 'Theirs.']);`,
  );
  const placed = await output({ status: 'publish' }).deliver(delivery(3));
  expect(placed.remoteId).not.toBe(String(other));
  expect(rowOf(placed.remoteId)).toMatchObject({ post_name: 'lifeboat-day-3-2', post_status: 'publish' });
  expect(rowOf(String(other))).toMatchObject({ post_title: 'Their own', post_content: 'Theirs.' });
});

test('what its editor published stays published when it is corrected; withdrawn it is a draft; back again it is out', async () => {
  const { remoteId } = await output({ status: 'publish' }).deliver(delivery(4));
  expect(rowOf(remoteId).post_status).toBe('publish');
  await output().deliver(delivery(4, { asked: 2, remoteId }));
  expect(rowOf(remoteId).post_status).toBe('publish');
  await output().deliver(delivery(4, { asked: 3, remoteId, withdrawn: true }));
  expect(rowOf(remoteId).post_status).toBe('draft');
  await output({ status: 'publish' }).deliver(delivery(4, { asked: 4, remoteId, remoteWithdrawn: true }));
  expect(rowOf(remoteId).post_status).toBe('publish');
});

test('a post that was never there is not made in order to be withdrawn', async () => {
  const placed = await output().deliver(delivery(5, { withdrawn: true }));
  expect(placed).toEqual({ remoteId: null, remoteUrl: null });
  expect(countOf('lifeboat-day-5')).toBe(0);
});

test('a post that somebody deleted there is not made anew in silence', async () => {
  const { remoteId } = await output().deliver(delivery(6));
  site.run(`return wp_delete_post(${Number(remoteId)}, true) !== false;`);
  await expect(output().deliver(delivery(6, { asked: 2, remoteId }))).rejects.toMatchObject({
    code: 'output.refused',
    message: expect.stringContaining('somebody deleted it there') as string,
  });
  expect(await output().deliver(delivery(6, { asked: 3, remoteId, withdrawn: true }))).toEqual({
    remoteId: null,
    remoteUrl: null,
  });
});

test('a wrong password is a refusal that says which settings to look at', async () => {
  await expect(output({ password: 'wrong' }).deliver(delivery(7))).rejects.toMatchObject({
    code: 'output.refused',
    message: expect.stringMatching(/^WordPress does not let WORDPRESS_USER with WORDPRESS_PASSWORD/) as string,
  });
});
