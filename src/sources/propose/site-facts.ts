import type { FetchedDocument } from '../../model/document.js';
import type { SourceClass } from '../../model/source.js';
import { openPage, plainText } from '../open-page.js';

/** What a page says of the body that publishes it. `null` where it says nothing: that is never made up. */
export interface SiteFacts {
  readonly name: string | null;
  /** By the end of its host alone. */
  readonly class: SourceClass | null;
  readonly licence: 'ogl' | 'opl' | null;
  readonly language: string | null;
}

const LONGEST = 120;
/** What hosts end in, where that says what sort of body it is. */
const HOSTS: readonly (readonly [RegExp, SourceClass])[] = [
  [/(?:^|\.)police\.uk$/, 'policing'],
  [/(?:^|\.)parliament\.uk$/, 'parliament'],
  [/(?:^|\.)judiciary\.uk$/, 'judiciary'],
  [
    /(?:^|\.)(?:gov\.scot|gov\.wales|llyw\.cymru|niassembly\.gov\.uk|northernireland\.gov\.uk|senedd\.wales|parliament\.scot)$/,
    'devolved',
  ],
  [/(?:^|\.)(?:gov\.im|gov\.je|gov\.gg)$/, 'crown-dependency'],
  [/(?:safeguarding|scp|lscb|sab|scb)[\w-]*\.(?:org\.uk|co\.uk|gov\.uk|org|info)$/, 'local-partnership'],
  [/(?:^|\.)(?:churchofengland|cofe|diocese)[\w-]*\./, 'church'],
];
const NAMED = [
  'meta[property="og:site_name"]',
  'meta[name="og:site_name"]',
  'meta[name="application-name"]',
  'meta[name="dcterms.publisher"]',
  'meta[name="author"]',
];

/** @throws {Failure} source.empty, source.too-large, source.too-deep */
export function siteFacts(doc: FetchedDocument): SiteFacts {
  const { $ } = openPage(doc);
  const heading = plainText($('h1')[0]);
  // A page of an organisation inside a larger site is named by its heading.
  const isOrganisation = /\/organisations?\/[^/]+\/?$/.test(new URL(doc.url).pathname) && heading !== '';
  const told = isOrganisation ? [heading] : NAMED.map((selector) => ($(selector).first().attr('content') ?? '').trim());
  const links = $('a[href*="licence"], link[rel="license"]')
    .toArray()
    .map(({ attribs }) => attribs['href'] ?? '');
  return {
    name: tidy(told.find((name) => name !== '') ?? null) ?? tidy(fromTitle(plainText($('title')[0]), heading)),
    class: HOSTS.find(([host]) => host.test(new URL(doc.url).hostname))?.[1] ?? null,
    licence: links.some((href) => /open-government-licence/i.test(href))
      ? 'ogl'
      : links.some((href) => /open-parliament-licence/i.test(href))
        ? 'opl'
        : null,
    language: /^[a-z]{2,3}(?:-[A-Z]{2})?$/.exec($('html').attr('lang') ?? '')?.[0] ?? null,
  };
}

/** `News | Larkfield Trust`: the part of the title that is not the heading of the page; `null` when there is no such part. */
function fromTitle(title: string, heading: string): string | null {
  const parts = title.split(/\s+[|–—·»:-]\s+|:\s+|,\s+(?=[A-Z])/).map((part) => part.trim());
  const others = parts.filter(
    (part) => part !== '' && part.toLowerCase() !== heading.toLowerCase() && !PLACE.test(part),
  );
  const last = others.at(-1);
  if (last !== undefined && (parts.length > 1 || title.trim() === heading)) return last;
  return parts.length === 1 && parts[0] !== undefined && !PLACE.test(parts[0]) ? parts[0] : null;
}

const PLACE =
  /^(?:all |latest |our )?(?:home|news(?: and (?:updates|views|events|media|blogs?))?|updates?|blog|media(?: centre| cent(?:er))?|press(?: releases?)?|publications?|reports?|resources|stories|latest|archives?|page \d+|welcome)$/i;

function tidy(name: string | null): string | null {
  const text = (name ?? '').replace(/\s+/g, ' ').trim();
  return text === '' || text.length > LONGEST ? null : text;
}
