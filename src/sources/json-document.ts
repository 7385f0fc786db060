import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';

const BYTE_ORDER_MARK = /^\ufeff/;
/** Deeper JSON is no list of news: it only serves to exhaust whoever reads it. */
const MOST_LEVELS = 200;

/** The document as JSON. @throws {Failure} source.empty, source.soft-error (a page came instead), source.malformed, source.too-deep */
export function openJson(doc: FetchedDocument): unknown {
  const text = Buffer.from(doc.bytes).toString('utf8').replace(BYTE_ORDER_MARK, '').trim();
  if (text === '') throw new Failure('source.empty', `${doc.url} answered without content`);
  if (text.startsWith('<')) throw new Failure('source.soft-error', `${doc.url}: a page came where JSON was expected`);
  refuseDeep(text, doc.url);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('source.malformed', `${doc.url} is not JSON`, {}, { cause });
  }
}

/** The value at a dot path (`details.items.0.name`); '' is the value itself, `undefined` when nothing is there. */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    return (inner as Readonly<Record<string, unknown>>)[step];
  }, value);
}

/** Text or a number at a dot path, as trimmed text; '' for anything else. WordPress' `{ rendered }` needs its own path. */
export function textAt(value: unknown, path: string): string {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found.trim();
  return typeof found === 'number' && Number.isFinite(found) ? String(found) : '';
}

function refuseDeep(text: string, url: string): void {
  let level = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x5c && quoted) at += 1;
    else if (char === 0x22) quoted = !quoted;
    else if (quoted) continue;
    else if (char === 0x7b || char === 0x5b) level += 1;
    else if (char === 0x7d || char === 0x5d) level -= 1;
    if (level > MOST_LEVELS) throw new Failure('source.too-deep', `${url}: JSON is nested over ${MOST_LEVELS} deep`);
  }
}
