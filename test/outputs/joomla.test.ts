import { jsonCaller } from '../../src/net/call-json.js';
import { joomla, type JoomlaOptions } from '../../src/outputs/deliveries/joomla.js';
import { JoomlaServer, type Article, type Fault } from './joomla-server.js';
import { sampleDelivery } from './sample-delivery.js';

let site: JoomlaServer;
beforeEach(async () => {
  site = await JoomlaServer.open();
});
afterEach(async () => await site.close());

const MARK = 'newsdesk:7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11';

function output(more: Partial<JoomlaOptions> = {}, timeoutMs = 5_000) {
  const { TOKEN: token, CATEGORY: category } = JoomlaServer;
  return joomla({ url: site.origin, token, category, state: 0, ...more }, jsonCaller('SAFE-Newsdesk/test', timeoutMs));
}

const only = (): Article => {
  const [article, ...more] = [...site.articles.values()];
  if (article === undefined || more.length > 0) throw new Error(`There are ${site.articles.size} articles.`);
  return article;
};

test('a new post is an unpublished article in the category, with all its words', async () => {
  expect(await output().deliver(sampleDelivery())).toEqual({ remoteId: '101', remoteUrl: null });
  expect(only()).toMatchObject({
    title: 'Lifeboat day moves to June',
    alias: 'lifeboat-day',
    catid: 8,
    state: 0,
    language: '*',
    note: MARK,
  });
  const { articletext } = only();
  expect(articletext).toContain('Source: Harbour Trust published on this website Wednesday 1 July 2026 by Ada Field');
  expect(articletext).toContain('<strong>late</strong>');
  expect(articletext).toContain('<a href="https://harbour-trust.example/lifeboat">');
});

test('a correction changes the words of the same article, and nothing that an editor of that site did', async () => {
  const { remoteId } = await output().deliver(sampleDelivery());
  Object.assign(only(), { state: 1, catid: 9, alias: 'their-own-alias' });
  const at = new Date('2026-07-02T08:00:00Z');
  const notes = [{ kind: 'correction' as const, at, line: 'The month was wrong.' }];
  await output().deliver(sampleDelivery({ asked: 2, remoteId }, { headline: 'Lifeboat day moves to July', notes }));
  expect(only()).toMatchObject({ title: 'Lifeboat day moves to July', state: 1, catid: 9, alias: 'their-own-alias' });
  expect(only().articletext).toContain('Corrected on Thursday 2 July 2026:</strong> The month was wrong.');
});

test('withdrawn it is unpublished; published again it is as it was set up', async () => {
  const { remoteId } = await output({ state: 1 }).deliver(sampleDelivery());
  expect(only().state).toBe(1);
  await output({ state: 1 }).deliver(sampleDelivery({ asked: 2, remoteId, withdrawn: true }));
  expect(site.asked.at(-1)).toMatchObject({ method: 'PATCH', fields: { state: 0 } });
  expect(only()).toMatchObject({ state: 0, title: 'Lifeboat day moves to June' });
  await output({ state: 1 }).deliver(sampleDelivery({ asked: 3, remoteId, remoteWithdrawn: true }));
  expect(only().state).toBe(1);
});

test('withdrawn before it ever came there, it is never made', async () => {
  const nowhere = { remoteId: null, remoteUrl: null };
  expect(await output().deliver(sampleDelivery({ withdrawn: true }))).toEqual(nowhere);
  expect(site.articles.size).toBe(0);
});

describe('an answer that was lost', () => {
  test.each<[string, Fault]>([
    ['the line broke after the article was made', { kind: 'lost' }],
    ['a proxy answered 502 before it was made', { kind: 'html', status: 502 }],
    ['nothing came in time', { kind: 'hangs' }],
  ])('%s: one article, after as many tries as it takes', async (_, fault) => {
    site.goWrong('POST', fault);
    const first = output({}, 500).deliver(sampleDelivery());
    await expect(first).rejects.toMatchObject({ code: 'output.unreachable' });
    expect(await output().deliver(sampleDelivery())).toMatchObject({ remoteId: '101' });
    expect(await output().deliver(sampleDelivery({ asked: 2, remoteId: '101' }))).toMatchObject({ remoteId: '101' });
    expect(only()).toMatchObject({ alias: 'lifeboat-day', note: MARK });
  });

  test('of a withdrawn post: the article that was made is found and unpublished', async () => {
    site.goWrong('POST', { kind: 'lost' });
    await expect(output({ state: 1 }).deliver(sampleDelivery())).rejects.toMatchObject({ code: 'output.unreachable' });
    await output({ state: 1 }).deliver(sampleDelivery({ asked: 2, withdrawn: true }));
    expect(only().state).toBe(0);
  });

  test('its article is known by our mark even where the note was added to, and another’s article never', async () => {
    site.goWrong('POST', { kind: 'lost' });
    await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({ code: 'output.unreachable' });
    only().note = `${MARK} (seen by Bo)`;
    expect(await output().deliver(sampleDelivery())).toMatchObject({ remoteId: '101' });
    only().note = 'newsdesk:another';
    await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({
      code: 'output.refused',
      message: expect.stringContaining('has the same alias') as string,
    });
    expect(only().note).toBe('newsdesk:another');
  });
});

describe('what Joomla refuses is said in its own words, and is for a person', () => {
  const refused = async (work: Promise<unknown>, words: string) =>
    await expect(work).rejects.toMatchObject({
      code: 'output.refused',
      message: expect.stringContaining(words) as string,
    });

  test('a wrong token', async () =>
    await refused(output({ token: 'old' }).deliver(sampleDelivery()), '401: Forbidden'));
  test('a category that is not there', async () =>
    await refused(output({ category: 7 }).deliver(sampleDelivery()), '400: Invalid field: Category'));
  test('an article that somebody has open', async () => {
    const { remoteId } = await output().deliver(sampleDelivery());
    only().open = true;
    await refused(output().deliver(sampleDelivery({ asked: 2, remoteId })), 'does not match the user who checked');
  });
  test('an article that somebody deleted: none is made anew, and to withdraw it is nothing to do', async () => {
    const { remoteId } = await output().deliver(sampleDelivery());
    site.articles.clear();
    await refused(output().deliver(sampleDelivery({ asked: 2, remoteId })), 'somebody deleted it there');
    const gone = await output().deliver(sampleDelivery({ asked: 2, remoteId, withdrawn: true }));
    expect(gone).toEqual({ remoteId: null, remoteUrl: null });
    expect(site.articles.size).toBe(0);
  });
  test('a page of HTML with 200, as a wall before the site sends', async () => {
    site.goWrong('GET', { kind: 'html', status: 200 });
    await refused(output().deliver(sampleDelivery()), 'gave no list of articles');
    site.goWrong('POST', { kind: 'html', status: 200 });
    await refused(output().deliver(sampleDelivery()), 'did not take the article');
  });
  test('a redirect is not followed: the token stays here', async () => {
    site.goWrong('GET', { kind: 'redirect' });
    await refused(output().deliver(sampleDelivery()), 'leads elsewhere');
  });
});

test.each([408, 429, 500, 502, 503])('%i is passing: tried again', async (status) => {
  site.goWrong('GET', { kind: 'status', status });
  await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({ code: 'output.unreachable' });
});

test('nobody there is passing too, and neither token nor address is said', async () => {
  const nobody = output({ url: 'http://127.0.0.1:1/site' }).deliver(sampleDelivery());
  await expect(nobody).rejects.toMatchObject({
    code: 'output.unreachable',
    message: '127.0.0.1:1 did not answer: ECONNREFUSED',
  });
});
