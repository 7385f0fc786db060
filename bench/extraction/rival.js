/**
 * Another extractor under the same contract as `newsdesk extract`, for comparison only:
 *   node bench/extraction/rival.js readability-linkedom|readability-jsdom|defuddle|extractus --urls MAP.json FILE…
 * Each prints one line of JSON a file: {file, ok, title, byline, published, modified, bodyText, bodyHtml, documents}.
 */
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';

const BLOCKS =
  /^(?:address|article|aside|blockquote|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)$/i;

/** Text with a blank line between blocks: `textContent` would glue them. */
function blockText(node) {
  let text = '';
  const walk = (one) => {
    if (one.nodeType === 3) text += one.data.replace(/\s+/g, ' ');
    if (one.nodeType !== 1 || /^(?:script|style|noscript)$/i.test(one.localName)) return;
    if (/^br$/i.test(one.localName)) text += '\n';
    const apart = BLOCKS.test(one.localName);
    if (apart) text += '\n\n';
    for (const child of one.childNodes) walk(child);
    if (apart) text += '\n\n';
  };
  walk(node);
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function fragmentText(html) {
  return blockText(parseHTML(`<!doctype html><html><body>${html ?? ''}</body></html>`).document.body);
}

const ENGINES = {
  'readability-linkedom': async () => {
    const { Readability } = await import('@mozilla/readability');
    return (html) => byReadability(new Readability(parseHTML(html).document, { serializer: (node) => node }).parse());
  },
  'readability-jsdom': async () => {
    const { Readability } = await import('@mozilla/readability');
    const { JSDOM, VirtualConsole } = await import('jsdom');
    return (html, url) => {
      const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
      const answer = byReadability(new Readability(dom.window.document, { serializer: (node) => node }).parse());
      dom.window.close();
      return answer;
    };
  },
  defuddle: async () => {
    const { Defuddle } = await import('defuddle/node');
    return async (html, url) => {
      const found = await Defuddle(parseHTML(html).document, url, { useAsync: false });
      return { title: found.title, byline: found.author, text: fragmentText(found.content), html: found.content };
    };
  },
  extractus: async () => {
    const { extractFromHtml } = await import('@extractus/article-extractor');
    return async (html, url) => {
      const found = await extractFromHtml(html, url);
      return { title: found?.title, byline: found?.author, text: fragmentText(found?.content), html: found?.content };
    };
  },
};

function byReadability(found) {
  const content = found?.content ?? null;
  return {
    title: found?.title,
    byline: found?.byline,
    text: content === null ? '' : blockText(content),
    html: content?.innerHTML,
  };
}

const [, , name, , mapFile, ...files] = process.argv;
const engine = await ENGINES[name]();
const urls = JSON.parse(readFileSync(mapFile, 'utf8'));
for (const file of files) {
  let line;
  try {
    const found = await engine(readFileSync(file, 'utf8'), urls[file] ?? 'https://example.org/');
    line = {
      file,
      ok: true,
      title: found.title ?? null,
      byline: found.byline ?? null,
      published: null,
      modified: null,
      bodyText: found.text,
      bodyHtml: found.html ?? '',
      documents: [],
    };
  } catch (error) {
    line = { file, ok: false, error: { code: 'engine', message: String(error).slice(0, 200) } };
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
  // A turn of the event loop after each page: without it the heap of some engines grows without end.
  await new Promise((resolve) => setImmediate(resolve));
}
process.exit(0);
