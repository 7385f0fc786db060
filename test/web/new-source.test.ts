import { serveSite, SITES, type ServedSite } from '../sources/propose/sites.js';
import { openDesk, Visitor, type Desk } from './desk.js';

let desk: Desk;
let site: ServedSite;
beforeAll(async () => {
  desk = await openDesk();
  const featured = SITES.find(({ make }) => make.includes('featured'));
  if (featured === undefined) throw new Error('no such site');
  const pages = { ...featured.pages };
  const hostile =
    '<li class="news-list__item"><h3><a href="/news/2026/x">A title with <b>&lt;script&gt;alert(1)&lt;/script&gt;</b> in it</a></h3></li>';
  const list = pages['/news'];
  if (list === undefined) throw new Error('no list');
  site = await serveSite({
    ...featured,
    pages: { ...pages, '/hostile': { ...list, body: list.body.replace('</ol>', `${hostile}</ol>`) } },
  });
});
afterAll(async () => {
  site.close();
  await desk.close();
});

const operator = async (): Promise<Visitor> => await new Visitor(desk).signIn(await desk.addUser('operator'));
const LISTING = { kind: 'listing', evidence: 'verified' };

test('an operator types an address, sees what each way gives, takes one, mends a selector and copies the row', async () => {
  const visitor = await operator();
  await visitor.get('/sources');
  expect(visitor.html).toContain('href="/sources/new"');
  await visitor.get('/sources/new');
  await visitor.post('/sources/new', { url: `${site.origin}/news` });
  expect(visitor.status).toBe(200);
  expect(visitor.html).toContain('1. listing');
  expect(visitor.html).toContain('the same structure 10 times: .news-list__item');
  expect(visitor.html).toContain('Annual report on safeguarding adults in care homes published');
  const row = {
    row: JSON.stringify(LISTING),
    url: `${site.origin}/news`,
    id: 'inspectorate',
    name: 'Regional Inspectorate',
    class: 'regulator',
  };
  await visitor.post('/sources/new/row', { ...row, item: '.news-list__item', date: '', format: '' });
  expect(visitor.html).toContain('All 10');
  await visitor.post('/sources/new/row', { ...row, item: '.link-list > li', date: '', format: '' });
  expect(visitor.html).toContain('All 8');
  expect(visitor.html).toContain("id: 'inspectorate'");
  expect(visitor.html).toContain("select: { item: '.link-list > li' }");
  expect(visitor.html).toContain('no item bears a date');
});

test('pointing at a link finds the list in which it stands', async () => {
  const visitor = await operator();
  await visitor.post('/sources/new', { url: `${site.origin}/news` });
  expect(visitor.html).toContain('Point at one');
  const link = `${site.origin}/news/2026/consultation-opens-on-mandatory-reporting-of-abuse`;
  expect(visitor.html).toContain(`value="${link}"`);
  await visitor.post('/sources/new/item', { url: `${site.origin}/news`, link });
  expect(visitor.html).toContain('.news-list__item');
  await visitor.post('/sources/new/item', { url: `${site.origin}/news`, link: `${site.origin}/elsewhere` });
  expect(visitor.html).toContain('Nothing on the page is repeated like');
});

test.each([
  { name: 'an address that is none', path: '/sources/new', fields: { url: 'uksik' }, says: 'is no address' },
  {
    name: 'a private address',
    path: '/sources/new',
    fields: { url: 'http://10.0.0.1/' },
    says: 'source.blocked-address',
  },
  { name: 'a file of ours', path: '/sources/new', fields: { url: 'file:///etc/passwd' }, says: 'is no address' },
  {
    name: 'a row without its name',
    path: '/sources/new/row',
    fields: {
      row: JSON.stringify(LISTING),
      url: 'https://x.example/',
      id: 'x',
      name: '',
      class: 'charity',
      item: 'li',
    },
    says: 'Write the name exactly',
  },
  {
    name: 'a selector that is none',
    path: '/sources/new/row',
    fields: {
      row: JSON.stringify(LISTING),
      url: 'https://x.example/',
      id: 'x',
      name: 'X',
      class: 'charity',
      item: 'li[',
    },
    says: 'select.item',
  },
  {
    name: 'a row that was tampered with',
    path: '/sources/new/row',
    fields: { row: '{"kind":"', url: 'x' },
    says: 'Write one of: feed, listing',
  },
])('$name is told on the page, with what was typed', async ({ path, fields, says }) => {
  const visitor = await operator();
  await visitor.get('/sources/new');
  await visitor.post(path, fields);
  expect(visitor.status).toBe(422);
  expect(visitor.html).toContain(says);
  expect(visitor.html).toContain(`value="${fields.url}"`);
});

test('what a site says is text and nothing else', async () => {
  const visitor = await operator();
  await visitor.post('/sources/new', { url: `${site.origin}/hostile` });
  expect(visitor.html).toContain('&lt;script>alert(1)');
  expect(visitor.html).not.toContain('<script>alert(1)');
});

test('it is for operators', async () => {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await visitor.get('/sources/new');
  expect(visitor.status).toBe(403);
  await visitor.get('/sources');
  expect(visitor.html).not.toContain('href="/sources/new"');
});
