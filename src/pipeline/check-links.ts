import { linksOf } from '../checks/dead-links.js';
import { asFailure, type FailureCode } from '../model/failure.js';
import type { Source } from '../model/source.js';
import type { Clock, Fetcher, LinkBook } from './ports.js';

export interface LinkPorts {
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly links: LinkBook;
}

/** Links of one draft that are asked, at most. */
const MOST_LINKS = 20;
/** These say that the address is wrong. All others (a refusal, a slow host) say something of the host, and are no dead link. */
const DEAD: ReadonlySet<FailureCode> = new Set([
  'source.missing',
  'source.gone',
  'source.unreachable',
  'source.soft-error',
  'source.empty',
]);

/** Asks the links of a draft's present version, politely and once each, and keeps which of them lead nowhere. */
export async function checkLinks(
  ports: LinkPorts,
  source: Source,
  draftId: string,
): Promise<{ asked: number; dead: number }> {
  const draft = await ports.links.textOf(draftId);
  if (draft === undefined) return { asked: 0, dead: 0 };
  const urls = [...new Set(linksOf(draft.bodyHtml))].slice(0, MOST_LINKS);
  const results: { url: string; failure: FailureCode | null }[] = [];
  for (const url of urls) results.push({ url, failure: await failureOf(ports.fetcher, source, url) });
  await ports.links.recordLinks(draftId, draft.version, { results, at: ports.clock.now() });
  return { asked: urls.length, dead: results.filter(({ failure }) => failure !== null).length };
}

async function failureOf(fetcher: Fetcher, source: Source, url: string): Promise<FailureCode | null> {
  try {
    await fetcher.fetch({ ...source, render: 'http' }, url);
    return null;
  } catch (error) {
    const { code } = asFailure(error);
    return DEAD.has(code) ? code : null;
  }
}
