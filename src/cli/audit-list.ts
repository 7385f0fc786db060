import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import { readFeed } from '../sources/feed/read-feed.js';

/** One thing that an independent list names. */
export interface Listed {
  readonly url: string;
  readonly title: string | null;
  readonly date: string | null;
}

const URL_NAMES = ['url', 'address', 'link', 'href'];
const TITLE_NAMES = ['title', 'headline', 'name'];
const DATE_NAMES = ['date', 'published', 'posted'];

/**
 * What a list names: a feed (RSS, Atom, JSON Feed), CSV with a heading line that has `url`, or one address a line, with a title after
 * it where there is one. Each address once.
 * @throws {Failure} config.invalid when there is no address in it; source.* for a feed that cannot be read
 */
export async function readList(
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
  from: string,
): Promise<readonly Listed[]> {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const listed = /^\s*[<{[]/.test(text) ? await fromFeed(bytes, headers, from) : fromText(text);
  const once = new Map(listed.map((one) => [one.url, one]));
  if (once.size === 0) throw new Failure('config.invalid', `There is no address in the list ${from}.`);
  return [...once.values()];
}

async function fromFeed(bytes: Uint8Array, headers: Readonly<Record<string, string>>, from: string): Promise<Listed[]> {
  const { entries } = await readFeed(bytes, headers, isUrl(from) ? from : 'https://list.invalid/');
  return entries.flatMap(({ link, title, published, updated }) =>
    link !== null && isUrl(link) ? [{ url: link, title, date: (published ?? updated)?.iso.slice(0, 10) ?? null }] : [],
  );
}

function fromText(text: string): Listed[] {
  const rows = csvRows(text);
  const head = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const at = (names: readonly string[]): number => head.findIndex((name) => names.includes(name));
  const url = at(URL_NAMES);
  if (url === -1) return text.split(/\r?\n/).flatMap(fromLine);
  const [title, date] = [at(TITLE_NAMES), at(DATE_NAMES)];
  const cell = (row: readonly string[], place: number): string | null => row[place]?.trim() || null;
  return rows.slice(1).flatMap((row) => {
    const address = cell(row, url);
    return address !== null && isWeb(address) ? [{ url: address, title: cell(row, title), date: cell(row, date) }] : [];
  });
}

function fromLine(line: string): Listed[] {
  const [address = '', ...rest] = line.trim().split(/\s+/);
  const title = rest.join(' ');
  return isWeb(address) ? [{ url: address, title: title === '' ? null : title, date: null }] : [];
}

function isWeb(address: string): boolean {
  return isUrl(address) && /^https?:$/.test(new URL(address).protocol);
}

/** The cells of CSV as RFC 4180 has it: quotes, doubled quotes, line breaks within them. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === ',' || letter === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (letter === '\n') rows.push(row.splice(0));
    } else cell += letter;
  }
  row.push(cell);
  return [...rows, row];
}
