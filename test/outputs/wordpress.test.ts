import { jsonCaller } from '../../src/net/call-json.js';
import { wordpress, type WordPressOptions } from '../../src/outputs/deliveries/wordpress.js';
import { sampleDelivery } from './sample-delivery.js';
import { WordPressServer, type Fault, type Written } from './wordpress-server.js';

let site: WordPressServer;
beforeEach(async () => {
  site = await WordPressServer.open();
});
afterEach(async () => await site.close());

function output(more: Partial<WordPressOptions> = {}) {
  const { USER: user, PASSWORD: password } = WordPressServer;
  const options = { url: site.origin, user, password, status: 'draft' as const, category: null };
  return wordpress({ ...options, ...more }, jsonCaller('SAFE-Newsdesk/test'));
}

const only = (): Written => {
  const [post, ...more] = [...site.posts.values()];
  if (post === undefined || more.length > 0) throw new Error(`There are ${site.posts.size} posts.`);
  return post;
};

test('a new post is a draft in the category, with all its words and our mark', async () => {
  const placed = await output({ category: 5 }).deliver(sampleDelivery());
  expect(placed).toEqual({ remoteId: '11', remoteUrl: `${site.origin}/?p=11` });
  expect(only()).toMatchObject({
    title: 'Lifeboat day moves to June',
    slug: 'lifeboat-day',
    status: 'draft',
    categories: [5],
  });
  expect(only().content).toContain(
    'Source: Harbour Trust published on this website Wednesday 1 July 2026 by Ada Field',
  );
  expect(only().content).toMatch(/<!-- newsdesk:7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11 -->$/);
});

test('a correction changes its words, and nothing that an editor of that site did', async () => {
  const { remoteId } = await output().deliver(sampleDelivery());
  Object.assign(only(), { status: 'publish', slug: 'their-own', categories: [3] });
  await output({ category: 5 }).deliver(sampleDelivery({ asked: 2, remoteId }, { headline: 'To July' }));
  expect(only()).toMatchObject({ title: 'To July', status: 'publish', slug: 'their-own', categories: [3] });
});

test('withdrawn it is a draft; published again it is as it was set up', async () => {
  const { remoteId } = await output({ status: 'publish' }).deliver(sampleDelivery());
  await output({ status: 'publish' }).deliver(sampleDelivery({ asked: 2, remoteId, withdrawn: true }));
  expect(only()).toMatchObject({ status: 'draft', title: 'Lifeboat day moves to June' });
  await output({ status: 'publish' }).deliver(sampleDelivery({ asked: 3, remoteId, remoteWithdrawn: true }));
  expect(only().status).toBe('publish');
});

test.each<[string, Fault]>([
  ['its answer was lost after it was made', 'lost'],
  ['a proxy answered instead', { status: 504, text: '<h1>Gateway</h1>' }],
])('%s: one post, after as many tries as it takes', async (_, fault) => {
  site.goWrong(fault);
  await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({ code: 'output.unreachable' });
  expect(await output().deliver(sampleDelivery())).toMatchObject({ remoteId: '11' });
  expect(only().slug).toBe('lifeboat-day');
});

test.each<[string, Partial<WordPressOptions>, string]>([
  ['a wrong password', { password: 'old' }, 'does not let WORDPRESS_USER with WORDPRESS_PASSWORD edit posts (400'],
  ['an address that is no WordPress', { url: 'SITE/blog' }, 'would not list its posts (404'],
])('%s is for a person, and the password is not said', async (_, more, words) => {
  const url = more.url?.replace('SITE', site.origin);
  const refused = output({ ...more, ...(url === undefined ? {} : { url }) }).deliver(sampleDelivery());
  await expect(refused).rejects.toMatchObject({
    code: 'output.refused',
    message: expect.stringContaining(words) as string,
  });
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('MNOP') as string });
});

test('a page of HTML instead of an answer is for a person', async () => {
  site.goWrong({ status: 200, text: '<h1>Are you human?</h1>' });
  await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({
    code: 'output.refused',
    message: 'WordPress did not take the post (200)',
  });
});

test('a post that somebody deleted there is not made anew, and to withdraw it is nothing to do', async () => {
  const { remoteId } = await output().deliver(sampleDelivery());
  site.posts.clear();
  await expect(output().deliver(sampleDelivery({ asked: 2, remoteId }))).rejects.toMatchObject({
    message: expect.stringContaining('somebody deleted it there') as string,
  });
  const gone = await output().deliver(sampleDelivery({ asked: 2, remoteId, withdrawn: true }));
  expect(gone).toEqual({ remoteId: null, remoteUrl: null });
});
