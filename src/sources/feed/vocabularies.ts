/** Address of a vocabulary, in lower case and without its last slash or hash, to its usual prefix; '' is the feed's own (RSS, Atom). */
const VOCABULARIES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': '',
  'http://purl.org/atom/ns': '',
  'http://purl.org/net/rss1.1': '',
  'http://purl.org/rss/1.0': '',
  'http://purl.org/rss/1.0/modules/rss091': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'http://channel.netscape.com/rdf/simple/0.9': '',
  'http://backend.userland.com/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://cyber.law.harvard.edu/rss': '',
  'http://example.com/newformat': '',
  'http://example.com/necho': '',
  'http://purl.org/echo': '',
  'uri/of/echo/namespace': '',
  'http://purl.org/pie': '',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://purl.org/rss/1.0/modules/syndication': 'sy',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/tr/html4': 'xhtml',
  'http://search.yahoo.com/mrss': 'media',
  'http://search.yahoo.com/rss': 'media',
  'http://tools.search.yahoo.com/mrss': 'media',
  'http://video.search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://www.w3.org/xml/1998/namespace': 'xml',
};
const USUAL_PREFIXES: ReadonlySet<string> = new Set(Object.values(VOCABULARIES));

/**
 * The vocabulary that an address names, whatever prefix the feed gives it. Written with other case or without its last slash it
 * counts too; an unknown address counts by its prefix where that is a usual one.
 */
export function vocabularyOf(address: string, prefix: string): string {
  const known =
    VOCABULARIES[
      address
        .slice(0, 200)
        .trim()
        .toLowerCase()
        .replace(/^https:/, 'http:')
        .replace(/[/#]+$/, '')
    ];
  if (known !== undefined) return known;
  if (prefix === '') return address.trim() === '' ? '' : 'other';
  return USUAL_PREFIXES.has(prefix) ? prefix : 'other';
}
