import { isNoise } from './url-noise.js';
import { isCaseless } from './url-path.js';
import { decoded, tidyEscapes } from './url-reading.js';

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** `?id=5?utm_source=rss`: something appended a second query. */
const SECOND_QUERY = /\?(?=(?:utm_\w+|fbclid|gclid|mc_cid|at_medium|cmp(?:id)?)=)/gi;

/** The parameters that select content, sorted, without the leading `?`; empty when there are none. `host` without `www.`. */
export function queryKey(host: string, pathname: string, search: string): string {
  const caseless = isCaseless(host, pathname);
  const pairs = search
    .replace(/^\?/, '')
    .replace(SECOND_QUERY, '&')
    .split('&')
    .flatMap((text) => pairOf(text, caseless));
  const names: ReadonlySet<string> = new Set(pairs.map(companion));
  const kept = pairs
    .filter(({ name, value }) => !isNoise({ name, value, names, host, path: pathname }))
    .map((pair) => (names.has('option=com_') ? undecorated(pair) : pair))
    .map(({ name, value }) => (value === '' ? written(name) : `${written(name)}=${written(value)}`));
  return [...new Set(kept)].sort().join('&');
}

/** What a parameter is to the ones beside it: its name; for Joomla's `option`, that it names a component. */
function companion({ name, value }: Pair): string {
  return name === 'option' && value.startsWith('com_') ? 'option=com_' : name.toLowerCase();
}

function pairOf(text: string, caseless: boolean): Pair[] {
  const at = text.indexOf('=');
  const name = read(at === -1 ? text : text.slice(0, at)).replace(/^(?:amp;)+/i, '');
  if (name === '') return [];
  return [{ name: caseless ? name.toLowerCase() : name, value: at === -1 ? '' : read(text.slice(at + 1)) }];
}

/** Joomla writes the title behind the number: `id=45:annual-report`. */
function undecorated({ name, value }: Pair): Pair {
  return /^\d+:/.test(value) ? { name, value: value.slice(0, value.indexOf(':')) } : { name, value };
}

function read(text: string): string {
  const spaced = text.replace(/\+/g, '%20');
  return decoded(spaced) ?? tidyEscapes(spaced);
}

/** Escapes what was read, in one way; what could not be decoded keeps the escapes that it came with. */
function written(text: string): string {
  try {
    const escaped = encodeURIComponent(text);
    if (decoded(text) !== null) return escaped;
    return escaped.replace(/%25([0-9a-f]{2})/gi, (_, hex: string) => `%${hex.toUpperCase()}`);
  } catch {
    // A lone surrogate, which no server has sent: as good as nothing.
    return '';
  }
}
