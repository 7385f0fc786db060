import type { FoundItem } from '../model/item.js';
import type { Proposal, Proposals } from '../sources/propose/proposal.js';
import { dayOf } from './look-once.js';
import { paint } from './terminal.js';

const SHOWN = 6;
const LONGEST_TITLE = 70;

/** Every proposal with its reasons and a table of what it would give, the best first, and what was asked in vain. */
export function toldProposals({ url, proposals, passed }: Proposals): string {
  const all = proposals.map((proposal, at) => toldProposal(proposal, at));
  const absent = passed.filter(({ because }) => because.startsWith('source.missing'));
  const vain = passed.filter((one) => !absent.includes(one)).map(({ url: at, because }) => `   ${at}: ${because}`);
  if (absent.length > 0) vain.push(`   not there: ${absent.map(({ url: at }) => new URL(at).pathname).join(', ')}`);
  return [
    `${url}: ${proposals.length === 0 ? 'nothing that could be watched was found' : `${proposals.length} ways to read it`}`,
    ...all,
    ...(vain.length === 0 ? [] : ['', 'Asked in vain:', ...vain.map((line) => paint('dim', line))]),
    '',
  ].join('\n');
}

function toldProposal({ source, items, reasons, doubts }: Proposal, at: number): string {
  const head = `${at + 1}. ${source.kind}  ${source.url}${at === 0 ? '  (proposed)' : ''}`;
  return [
    '',
    paint('bold', head),
    ...reasons.map((line) => `   + ${line}`),
    ...doubts.map((line) => paint('yellow', `   - ${line}`)),
    ...toldItems(items),
  ].join('\n');
}

function toldItems(items: readonly FoundItem[]): string[] {
  const rows = items.slice(0, SHOWN).map((item) => {
    const title = item.title.length > LONGEST_TITLE ? `${item.title.slice(0, LONGEST_TITLE - 1)}…` : item.title;
    return [(dayOf(item) ?? 'no date').slice(0, 10), title, item.url] as const;
  });
  const wide = Math.max(0, ...rows.map(([, title]) => title.length));
  const told = rows.map(([day, title, url]) => `     ${day.padEnd(10)}  ${title.padEnd(wide)}  ${url}`);
  return items.length > SHOWN ? [...told, `     … and ${items.length - SHOWN} more`] : told;
}
