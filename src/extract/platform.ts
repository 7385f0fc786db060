import type { ArticleSelectors } from '../model/source.js';
import { elementsIn, type Page } from './open-page.js';

/** A publishing platform that marks its text the same way on every page: its own marks are better than any guess. */
interface Platform {
  readonly name: string;
  /** A class that only this platform's pages have. */
  readonly mark: RegExp;
  readonly selectors: ArticleSelectors;
}

const PLATFORMS: readonly Platform[] = [
  {
    name: 'GOV.UK',
    mark: /(?:^|\s)(?:gem-c-govspeak|gem-c-govspeak-html-publication|govuk-govspeak)(?:\s|$)/,
    selectors: {
      // The first of a page may be a banner: only what stands in the main part counts.
      content: ['main .govspeak', '#content .govspeak', '.gem-c-govspeak'],
      remove: [
        '#full-publication-update-history',
        '.gem-c-published-dates',
        '.app-c-published-dates',
        '.gem-c-metadata',
        '.gem-c-contents-list',
        '.gem-c-print-link',
        '.print-meta-data',
        '.gem-c-share-links',
      ],
    },
  },
];

/** The platform that made a page, by its marks; `null` when none is known. */
export function platformOf(page: Page): { readonly name: string; readonly selectors: ArticleSelectors } | null {
  for (const element of elementsIn(page.root)) {
    const name = element.attribs['class'];
    const found = name === undefined ? undefined : PLATFORMS.find(({ mark }) => mark.test(name));
    if (found !== undefined) return found;
  }
  return null;
}
