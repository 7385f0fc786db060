import { createSocket } from 'node:dgram';
import type { RequestListener } from 'node:http';
import { browserPool } from '../../src/net/browser.js';
import type { Fetcher } from '../../src/net/fetcher.js';
import { hostileAddresses } from './hostile-addresses.js';
import { fetcherFor, listing, smallServer, type SmallServer } from './small-server.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const PAGES: Record<string, string> = {
  '/scripted': `<!doctype html><title>News</title><h1>News of the board</h1><ul></ul><img src="/logo.png"><link rel="stylesheet" href="/a.css">
    <style>@font-face{font-family:x;src:url(/x.woff2)}body{font-family:x}</style><video src="/v.mp4" autoplay></video>
    <script>setTimeout(() => { document.querySelector('ul').innerHTML = '<li>One</li><li>Two é</li>'; }, 300)</script>`,
  '/plain': `<!doctype html><title>News</title><h1>News of the board</h1><ul><li>One</li><li>Two</li></ul><script>1</script>`,
  '/steps': `<!doctype html><title>News</title><h1>News of the board</h1><div id="c"><button id="ok">Accept</button></div><ul></ul><button id="more">More</button><script>
    let n = 0; const add = () => { for (let i = 0; i < 2; i += 1) { const li = document.createElement('li'); li.textContent = 'Item ' + (n += 1); document.querySelector('ul').append(li); } };
    document.querySelector('#ok').onclick = () => { document.querySelector('#c').remove(); add(); };
    document.querySelector('#more').onclick = () => { setTimeout(add, 200); };
    addEventListener('scroll', () => { if (!window.done) { window.done = true; fetch('/data.json').then(() => add()); } });
    document.body.style.minHeight = '5000px';</script>`,
  '/moves': `<!doctype html><script>location.href = '/moved'</script>`,
  '/spins': `<!doctype html><title>x</title><ul><li>One</li></ul><script>setTimeout(() => { for (;;); }, 100)</script>`,
  '/circles': `<!doctype html><script>location.href = '/circles?' + Math.random()</script>`,
  '/never': `<!doctype html><title>News</title><h1>News of the board</h1><p>Items are to come.</p>`,
  '/cookie': `<!doctype html><title>News</title><h1>News of the board</h1><ul></ul><script>fetch('/who').then(() => { document.querySelector('ul').innerHTML = '<li>One</li>'; })</script>`,
};

describe('a rendered source', () => {
  let server: SmallServer;
  let fetcher: Fetcher;
  beforeAll(async () => {
    server = await smallServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const page = PAGES[path];
      if (path === '/robots.txt') response.end('User-agent: *\nDisallow: /private\n');
      else if (path === '/jump') response.writeHead(302, { location: '/scripted' }).end();
      else if (path === '/moved') response.writeHead(302, { location: '/plain' }).end();
      else if (path === '/file.bin') response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.4 x');
      else if (page === undefined) response.writeHead(200, { 'content-type': 'text/plain' }).end('x');
      else
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"1"', 'set-cookie': 'seen=1' })
          .end(page);
    });
    fetcher = fetcherFor(server, { browser: {}, timeoutMs: 20_000 });
  });
  beforeEach(() => void server.asked.splice(0));
  afterAll(async () => {
    await fetcher.close();
    await server.close();
  });
  const shown = async (path: string, more: Parameters<typeof listing>[1] = {}) => {
    const source = listing(`${server.origin}${path}`, { render: 'browser', ...more });
    const answer = await fetcher.fetch(source, source.url);
    if (answer.status !== 'ok') throw new Error('unchanged');
    return answer;
  };

  test('holds the items that scripts make, as UTF-8, and counts them before and after', async () => {
    const { doc, validators } = await shown('/scripted');
    expect(text(doc.bytes)).toContain('<li>Two é</li>');
    expect(doc).toMatchObject({ rendered: true, url: `${server.origin}/scripted`, status: 200 });
    expect(doc.headers).toMatchObject({
      'x-plain-items': '0',
      'x-rendered-items': '2',
      'content-type': 'text/html; charset=utf-8',
    });
    expect(validators).toEqual({});
  });

  test('loads no image, font or film, sends our name, no Referer, and asks for the page once', async () => {
    await shown('/scripted');
    expect(server.asked.map(({ path }) => path).sort()).toEqual(['/a.css', '/scripted']);
    for (const { headers } of server.asked) {
      expect(headers['user-agent']).toBe('SAFE-Newsdesk/0.1 (+https://desk.example.org/about)');
      expect(headers.referer).toBeUndefined();
    }
  });

  test('says that a page whose plain HTML holds the items needs no browser', async () => {
    const { doc } = await shown('/plain');
    expect(doc.headers).toMatchObject({ 'x-plain-items': '2', 'x-rendered-items': '2' });
  });

  test('takes the steps in order: cookie button, load more, scroll', async () => {
    const { doc } = await shown('/steps', {
      steps: [
        { do: 'click', selector: '#ok' },
        { do: 'load-more', selector: '#more', times: 2 },
        { do: 'scroll', times: 1 },
      ],
    });
    expect(text(doc.bytes).match(/Item \d/g)).toHaveLength(8);
    expect(text(doc.bytes)).not.toContain('Accept');
  });

  test('follows redirects and what the page does by itself, through our own client', async () => {
    expect((await shown('/jump')).doc.url).toBe(`${server.origin}/scripted`);
    const { doc } = await shown('/moves');
    expect(doc.url).toBe(`${server.origin}/plain`);
    expect(text(doc.bytes)).toContain('<li>Two</li>');
  });

  test('keeps the cookies of a page while it is open, and not beyond', async () => {
    await shown('/cookie');
    await shown('/cookie');
    const cookies = server.asked.map(({ path, headers }) => [path, headers.cookie]);
    expect(cookies).toEqual([
      ['/cookie', undefined],
      ['/who', 'seen=1'],
      ['/cookie', undefined],
      ['/who', 'seen=1'],
    ]);
  });

  test('gives files as they are', async () => {
    const source = listing(`${server.origin}/scripted`, { render: 'browser' });
    const answer = await fetcher.fetch(source, `${server.origin}/file.bin`);
    expect(answer.status === 'ok' && answer.doc.rendered).toBeUndefined();
  });

  test('a page whose items never come is given as it is', async () => {
    const { doc } = await shown('/never');
    expect(doc.headers['x-rendered-items']).toBe('0');
  });

  test('obeys robots.txt', async () => {
    await expect(shown('/private/a')).rejects.toMatchObject({ code: 'source.robots' });
    expect(server.asked).toEqual([]);
  });

  test('refuses a step whose selector is none', async () => {
    const steps = [{ do: 'click', selector: '###' }] as const;
    await expect(shown('/plain', { steps })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  test('a page that leads on for ever is a failure', async () => {
    await expect(shown('/circles')).rejects.toMatchObject({ code: 'source.moved' });
  });

  test('a page that spins is left after its time, and the next one is shown', async () => {
    const hasty = fetcherFor(server, { browser: {}, timeoutMs: 4_000 });
    const source = listing(`${server.origin}/spins`, { render: 'browser' });
    await expect(hasty.fetch(source, source.url)).rejects.toMatchObject({ code: 'source.timeout' });
    const plain = listing(`${server.origin}/plain`, { render: 'browser' });
    expect((await hasty.fetch(plain, plain.url)).status).toBe('ok');
    await hasty.close();
  }, 60_000);

  test('without a browser it says so', async () => {
    const none = fetcherFor(server);
    const source = listing(`${server.origin}/plain`, { render: 'browser' });
    await expect(none.fetch(source, source.url)).rejects.toMatchObject({ code: 'source.needs-browser' });
    const wrong = fetcherFor(server, { browser: { executablePath: '/nowhere/chromium' } });
    await expect(wrong.fetch(source, source.url)).rejects.toMatchObject({ code: 'source.needs-browser' });
  });

  test('is recycled, and started anew when it died', async () => {
    const pool = browserPool({ recycleAfter: 2, pagesAtOnce: 2 });
    const seen = new Set<object>();
    const look = async (): Promise<void> =>
      pool.inContext({}, (context) => {
        seen.add(context.browser() ?? {});
        return Promise.resolve();
      });
    for (let page = 0; page < 4; page += 1) await look();
    expect(seen.size).toBe(2);
    const died = pool.inContext({}, async (context) => {
      await context.browser()?.close();
      await context.newPage();
    });
    await expect(died).rejects.toThrow();
    await look();
    expect(seen.size).toBe(3);
    await pool.close();
  }, 60_000);
});

interface Hostile {
  readonly html: string;
  readonly secret: SmallServer;
  readonly onWebPort: SmallServer;
  readonly datagrams: number;
}

/** Shows the hostile page; `admitted` are the private hosts that its fetcher may ask besides the page's own. */
async function showHostile(admitted: (ports: readonly number[]) => readonly string[]): Promise<Hostile> {
  const answer: RequestListener = (_request, response) =>
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('secret');
  const secret = await smallServer(answer);
  const onWebPort = await smallServer(answer, [8080, 8443]);
  const all = targets(secret.port, onWebPort.port);
  const udp = createSocket('udp4');
  let datagrams = 0;
  udp.on('message', () => (datagrams += 1));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const server = await smallServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/robots.txt') response.writeHead(404).end();
    else if (path.startsWith('/to?')) {
      const location = Buffer.from(decodeURIComponent(path.slice(4)), 'utf8').toString('latin1');
      response.writeHead(302, { location, 'access-control-allow-origin': '*' }).end();
    } else if (path === '/worker.js')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(workerScript(all));
    else
      response.writeHead(200, { 'content-type': 'text/html' }).end(hostilePage(all, secret.port, udp.address().port));
  });
  const fetcher = fetcherFor(server, {
    browser: {},
    timeoutMs: 25_000,
    guard: {
      allowPrivateHosts: [`127.0.0.1:${server.port}`, ...admitted([secret.port, onWebPort.port])],
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    },
  });
  const source = listing(`${server.origin}/`, { render: 'browser', select: { item: '#done' } });
  const answered = await fetcher.fetch(source, source.url);
  const html = answered.status === 'ok' ? text(answered.doc.bytes) : '';
  expect(html).toContain('id="done"');
  expect(/data-tried="(\d+)"/.exec(html)?.[1]).toBe(String(all.length));
  await Promise.all([fetcher.close(), server.close(), secret.close(), onWebPort.close()]);
  udp.close();
  return { html, secret, onWebPort, datagrams };
}

describe('the guard in the browser', () => {
  test('holds against every way that a page has to reach a private place, names that lead there too', async () => {
    const { html, secret, onWebPort, datagrams } = await showHostile(() => []);
    expect(html).toContain('data-reached="0"');
    expect(html).toContain('data-own="ok"');
    expect([secret.asked, onWebPort.asked]).toEqual([[], []]);
    expect([secret.connections(), onWebPort.connections(), datagrams]).toEqual([0, 0, 0]);
  }, 60_000);

  test('is what holds: where the same places are admitted, the same page reaches them', async () => {
    const { secret, onWebPort } = await showHostile((ports) => [
      ...ports.map((port) => `127.0.0.1:${port}`),
      'rebound.example.org',
    ]);
    expect(secret.asked.length).toBeGreaterThan(5);
    expect(onWebPort.asked.some(({ host }) => host.startsWith('rebound.example.org'))).toBe(true);
  }, 60_000);
});

/** The whole table but for what a browser shows without asking anybody. */
function targets(port: number, webPort: number): string[] {
  return hostileAddresses(port, webPort).filter((url) => !/^(?:data|javascript|blob|view-source):/.test(url));
}

const workerScript = (all: readonly string[]): string => `
  const all = ${JSON.stringify(all)};
  onmessage = () => Promise.allSettled(all.map((url) => fetch(url, { mode: 'no-cors' }))).then((done) => {
    postMessage(done.filter((each) => each.status === 'fulfilled').length);
  });
  try { for (const url of all) new WebSocket(url.replace(/^http/, 'ws')); } catch {}`;

function hostilePage(all: readonly string[], port: number, udpPort: number): string {
  const light = all.map(
    (url) => `<link rel="prefetch" href="${url}"><link rel="preconnect" href="${url}"><script src="${url}"></script>`,
  );
  const heavy = all
    .filter((_url, index) => index % 6 === 0)
    .map(
      (
        url,
      ) => `<link rel="dns-prefetch" href="${url}"><link rel="stylesheet" href="${url}"><link rel="preload" as="script" href="${url}">
      <iframe src="${url}"></iframe><img src="${url}"><object data="${url}"></object><embed src="${url}"><iframe src="/to?${encodeURIComponent(url)}"></iframe>`,
    );
  const tags = [...light, ...heavy].join('');
  return `<!doctype html><title>News</title><h1>News of the board</h1>${tags}<script type="module">
    const all = ${JSON.stringify(all)};
    let reached = 0;
    const tries = [];
    for (const url of all) {
      tries.push(fetch(url, { mode: 'no-cors' }), fetch('/to?' + encodeURIComponent(url), { mode: 'no-cors' }));
      tries.push(new Promise((resolve, reject) => { const x = new XMLHttpRequest(); x.onload = resolve; x.onerror = reject; x.open('GET', '/to?' + encodeURIComponent(url)); x.send(); }));
      try { navigator.sendBeacon(url, 'x'); } catch {}
      if (tries.length > 60) continue;
      try { tries.push(new Promise((resolve, reject) => { const s = new WebSocket(url.replace(/^http/, 'ws')); s.onopen = resolve; s.onerror = reject; s.onclose = reject; })); } catch {}
      try { tries.push(new Promise((resolve, reject) => { const s = new EventSource(url); s.onopen = resolve; s.onerror = () => { s.close(); reject(); }; })); } catch {}
      try { window.open(url); } catch {}
    }
    tries.push(new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js');
      worker.onmessage = ({ data }) => (data > 0 ? resolve() : reject());
      worker.postMessage(1);
    }));
    try { await navigator.serviceWorker.register('/worker.js'); } catch {}
    try {
      const frame = document.createElement('iframe'); document.body.append(frame);
      const Peer = window.RTCPeerConnection ?? frame.contentWindow.RTCPeerConnection;
      const peer = new Peer({ iceServers: [{ urls: 'stun:127.0.0.1:${udpPort}' }, { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'a', credential: 'b' }] });
      peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    } catch {}
    try { const t = new WebTransport('https://127.0.0.1:${port}/'); t.ready.then(() => (reached += 1), () => {}); } catch {}
    const settled = await Promise.race([Promise.allSettled(tries), new Promise((resolve) => setTimeout(() => resolve([]), 6000))]);
    reached += settled.filter((each) => each.status === 'fulfilled').length;
    const own = await fetch('/own').then((r) => r.ok ? 'ok' : 'bad', () => 'no');
    document.body.insertAdjacentHTML('beforeend', \`<p id="done" data-tried="\${all.length}" data-reached="\${reached}" data-settled="\${settled.length}" data-own="\${own}">done</p>\`);
  </script>`;
}
