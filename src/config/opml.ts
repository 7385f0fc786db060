import { Parser } from 'htmlparser2';
import type { SharedRules, Source } from '../model/source.js';

/** A row that came from outside: checked by nobody yet. */
export interface ReadOutline {
  /** As our own export wrote it, whole; `null` in a list of another program. */
  readonly row: unknown;
  readonly title: string;
  readonly feedUrl: string;
  readonly pageUrl: string;
}

/** Ours: the whole row stands in an attribute of this name space, so that nothing is lost on the way through OPML. */
const NAMESPACE = 'urn:safe-newsdesk:source';
/** What XML 1.0 cannot hold, and what its readers change in attributes. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const LONGEST = 10_000_000;

/** The sources as OPML 2.0, by class: feeds as other readers take them, every row, and the rules that they share, whole for ourselves. */
export function writeOpml(sources: readonly Source[], title: string, rules?: SharedRules): string {
  const shared = rules === undefined ? '' : ` newsdesk:rules="${attribute(escapedJson(rules))}"`;
  const classes = [...new Set(sources.map((source) => source.class))].sort();
  const groups = classes.flatMap((name) => [
    `    <outline text="${attribute(name)}">`,
    ...sources.filter((source) => source.class === name).map((source) => `      ${outline(source)}`),
    '    </outline>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:newsdesk="${NAMESPACE}">`,
    `  <head><title>${attribute(title)}</title></head>`,
    `  <body${shared}>`,
    ...groups,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function outline(source: Source): string {
  const home = source.home ?? (source.kind === 'feed' ? null : source.url);
  const attributes: [string, string][] = [
    ['text', source.name],
    ['title', source.name],
    ...(source.kind === 'feed'
      ? ([
          ['type', 'rss'],
          ['xmlUrl', source.url],
        ] as [string, string][])
      : ([
          ['type', 'link'],
          ['url', source.url],
        ] as [string, string][])),
    ...(home === null ? [] : ([['htmlUrl', home]] as [string, string][])),
    ['newsdesk:row', escapedJson(source)],
  ];
  return `<outline ${attributes.map(([name, value]) => `${name}="${attribute(value)}"`).join(' ')}/>`;
}

/** JSON in which everything that XML would refuse or change is written with \u. */
function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_XML, (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function attribute(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);
}

/** Every outline of an OPML file that is a feed or one of our rows; `null` when the text is no OPML. */
export function readOpml(text: string): readonly ReadOutline[] | null {
  const found: ReadOutline[] = [];
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name.toLowerCase() === 'opml') isOpml = true;
        if (name.toLowerCase() !== 'outline') return;
        const of = (wanted: string): string =>
          Object.entries(attributes)
            .find(([one]) => one.toLowerCase() === wanted)?.[1]
            .trim() ?? '';
        const row = parsed(of('newsdesk:row'));
        const one = { row, title: of('title') || of('text'), feedUrl: of('xmlurl'), pageUrl: of('htmlurl') };
        if (row !== null || one.feedUrl !== '') found.push(one);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text.slice(0, LONGEST));
  return isOpml ? found : null;
}

/** The rules that the rows of our own OPML share, checked by nobody yet; `undefined` when there are none. */
export function rulesInOpml(text: string): unknown {
  let found: unknown;
  const onopentag = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name.toLowerCase() === 'body') found ??= parsed(attributes['newsdesk:rules'] ?? '') ?? undefined;
  };
  new Parser({ onopentag }, { xmlMode: true, decodeEntities: true }).end(text.slice(0, LONGEST));
  return found;
}

function parsed(json: string): unknown {
  if (json === '') return null;
  try {
    return JSON.parse(json);
  } catch {
    // Not one of ours, or broken on the way: the outline may still name a feed.
    return null;
  }
}
