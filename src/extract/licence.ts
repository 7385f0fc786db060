import type { Source } from '../model/source.js';
import type { MetaTags } from './meta-tags.js';
import { absolute, elementsIn, type Page } from './open-page.js';

const OGL = /open[\s-]government[\s-]licen[cs]e/i;
const OPL = /open[\s-]parliament[\s-]licen[cs]e/i;
const CC = /creativecommons\.org\/(?:licenses|publicdomain)\/([\w-]+)\/([\d.]+)/i;

/** The licence that the page or its source declares, in words; `null` when neither does. */
export function licenceOf(page: Page, meta: MetaTags, source: Source): string | null {
  for (const element of elementsIn(page.root)) {
    if (element.name !== 'a' && element.name !== 'link') continue;
    const href = absolute(element.attribs['href'], page.base) ?? '';
    if (/open-government-licence/i.test(href)) return 'Open Government Licence v3.0';
    if (/open-parliament-licence/i.test(href)) return 'Open Parliament Licence v3.0';
    const cc = CC.exec(href);
    if (cc !== null && /license/i.test(element.attribs['rel'] ?? ''))
      return `Creative Commons ${(cc[1] ?? '').toUpperCase()} ${cc[2] ?? ''}`;
  }
  const told =
    [meta.get('dc.rights'), meta.get('dcterms.rights'), meta.get('rights'), meta.get('copyright')].find(
      (one) => one !== null,
    ) ?? '';
  if (OGL.test(told)) return 'Open Government Licence v3.0';
  if (OPL.test(told)) return 'Open Parliament Licence v3.0';
  return ofSource(source);
}

/** What the source's row says. */
export function ofSource(source: Source): string | null {
  if (source.licence === 'ogl') return 'Open Government Licence v3.0';
  if (source.licence === 'opl') return 'Open Parliament Licence v3.0';
  return source.licence === 'copyright' ? 'Copyright of the publisher' : null;
}
