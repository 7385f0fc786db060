import { mistakesIn } from './config/mistakes.js';
import { SOURCE_CLASSES } from './config/source-classes.js';
import { rowText } from './config/row-text.js';
import type { FetchedDocument } from './model/document.js';
import { Failure } from './model/failure.js';
import { slugOf } from './model/slug.js';
import type { Source } from './model/source.js';
import type { ProposePorts } from './pipeline/propose-search.js';
import { proposeSource, wholeAddress } from './pipeline/propose-source.js';
import { proveRow } from './pipeline/prove-row.js';
import { judged } from './sources/propose/judge.js';
import type { Proposal } from './sources/propose/proposal.js';
import type { NewSource, SeenWay } from './web/new-source/ports.js';

const SHOWN = 20;
/** A site that keeps a person waiting longer is looked at from the command line. */
const LONGEST_MS = 90_000;

/** Looks at sites for the desk: the fetching and reading of polls, one site at a time, nothing stored. */
export function newSource(ports: ProposePorts): NewSource {
  const oneAtATime = turns();
  const today = (): string => ports.clock.now().toISOString().slice(0, 10);
  const fetched = async (source: Source, url: string): Promise<FetchedDocument> => {
    const answer = await ports.fetcher.fetch(source, url);
    if (answer.status !== 'ok') throw new Failure('source.empty', `${url} answered 304 to an unconditional request`);
    return answer.doc;
  };
  const rowAt = (url: string) => ({ id: 'proposed', name: '?', class: 'search', url, evidence: 'verified' }) as const;
  const seen = (proposal: Proposal): SeenWay => seenWay(proposal, today());
  return {
    classes: SOURCE_CLASSES,
    look: (url) =>
      oneAtATime(async () => {
        const found = await proposeSource(ports, url);
        const { facts, proposals, links } = found;
        const id = slugOf(facts.name ?? new URL(found.url).hostname.replace(/^www\./, ''));
        const licence = facts.licence === null ? {} : { licence: facts.licence };
        const ways = proposals.map((one) => seen({ ...one, source: { ...one.source, ...licence, id } }));
        return { url: found.url, name: facts.name, class: facts.class, ways, links };
      }),
    pointAt: (address, link) =>
      oneAtATime(async () => {
        const url = wholeAddress(address);
        const doc = await fetched({ ...rowAt(url), kind: 'page' }, url);
        const lists = await ports.survey.listsWith(rowAt(doc.url), doc, link);
        return lists.map(({ select, date, items }) => {
          const source: Source = {
            ...rowAt(doc.url),
            kind: 'listing',
            select,
            ...(date === undefined ? {} : { date }),
          };
          return seen(
            judged(source, items, {
              today: today(),
              shown: [],
              because: `the structure around the link is repeated ${items.length} times`,
            }),
          );
        });
      }),
    preview: (row) =>
      oneAtATime(async () => {
        const source = checked(row);
        const items = await proveRow({ ask: fetched, read: ports.read }, source);
        return seen(judged(source, items, { today: today(), shown: [] }));
      }),
  };
}

/** The row of a person. @throws {Failure} config.invalid with everything that is wrong with it */
function checked(row: Readonly<Record<string, unknown>>): Source {
  const wrong = mistakesIn([row]);
  if (wrong.length === 0) return row as unknown as Source;
  const words = wrong.map(
    ({ path, value, remedy }) =>
      `${path.replace(/^sources\[0\](?: \([^)]*\))?\.?/, '') || 'row'} = ${value}: ${remedy}`,
  );
  throw new Failure('config.invalid', words.join(' '));
}

function seenWay({ source, items, reasons, doubts }: Proposal, today: string): SeenWay {
  return {
    source,
    text: rowText(source, `verified: fetched and read on ${today} at the desk`),
    found: items.length,
    items: items.slice(0, SHOWN).map(({ title, url, posted, dated, updated }) => ({
      title,
      url,
      date: (posted ?? dated ?? updated)?.value ?? null,
    })),
    reasons,
    doubts,
  };
}

/** One site at a time in this process, and not for ever. @throws {Failure} source.slow-down, source.timeout */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let busy = false;
  return async (work) => {
    if (busy) throw new Failure('source.slow-down', 'Another site is being looked at. Try again in a minute');
    busy = true;
    const running = work().finally(() => {
      busy = false;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Failure('source.timeout', 'The site took longer than 90 seconds: use newsdesk sources add')),
        LONGEST_MS,
      );
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
