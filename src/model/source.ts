/** A place that we watch: one row of `sources.config.ts`. Variants are told apart by `kind`. */
export type Source =
  FeedSource | ListingSource | PageSource | GovukSource | SitemapSource | WordpressSource | JsonSource;
export type SourceKind = Source['kind'];
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>;

export type SourceClass =
  | 'government'
  | 'regulator'
  | 'policing'
  | 'judiciary'
  | 'parliament'
  | 'agency'
  | 'commissioner'
  | 'statutory-body'
  | 'charity'
  | 'church'
  | 'local-partnership'
  | 'crown-dependency'
  | 'devolved'
  | 'register'
  | 'press'
  | 'search'
  | 'own-site';

interface SourceBase {
  /** Set by `defineSources`, never written in a row: it is no part of what is exported. */
  readonly [SHARED_RULES]?: SharedRules;
  /** Short, lower case, with hyphens: `action-for-children`. Never changes once in use. */
  readonly id: string;
  /** Exactly what the Source line of a post prints. */
  readonly name: string;
  readonly class: SourceClass;
  /** The address that is polled. */
  readonly url: string;
  /** The page a person would open. Default: the origin of `url`. */
  readonly home?: string;
  /** How the address is known: a recorded fetch, public code, convention of the platform. */
  readonly evidence: 'verified' | 'code' | 'template' | 'guess' | 'conflict';
  /** `false` keeps the row but does not poll. Default: true. */
  readonly enabled?: boolean;
  /** Minutes between polls. Default 60, never under 30 (fixtures and loopback excepted). */
  readonly everyMinutes?: number;
  /** When it is polled. Default: at any time. The first look, and one that an operator asks for, wait for nothing. */
  readonly hours?: PollingHours;
  /** How many items of the first poll become drafts; the others are held as baseline. Default 5. */
  readonly initialItems?: number;
  /** `browser` renders the page in Chromium first. Default: http. */
  readonly render?: 'http' | 'browser';
  readonly steps?: readonly RenderStep[];
  /** Further hosts whose addresses are accepted as items. The host of `url`, with and without www, always is. */
  readonly hosts?: readonly string[];
  readonly language?: string;
  /** `ogl`: Open Government Licence v3; `opl`: Open Parliament Licence; `copyright`: links and short extracts only. */
  readonly licence?: 'ogl' | 'opl' | 'copyright' | 'unknown';
  /** Where the article of an item's page stands. */
  readonly article?: ArticleSelectors;
  readonly rules?: SourceRules;
  /** The publisher's own word: this source leads a story in which it appears with others (default by class). */
  readonly notes?: string;
}

export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';

/** London time: from the beginning of one hour (0 to 23) to that of another (1 to 24). Default: every day. */
export interface PollingHours {
  readonly from: number;
  readonly to: number;
  readonly days?: readonly Weekday[];
}

/** What a rendered page needs before it is read, in order. */
export type RenderStep =
  | { readonly do: 'click'; readonly selector: string }
  | { readonly do: 'load-more'; readonly selector: string; readonly times: number }
  | { readonly do: 'scroll'; readonly times: number };

/** CSS selectors, tried before anything general. Several: the first that finds something counts. */
export interface ArticleSelectors {
  readonly content?: string | readonly string[];
  readonly remove?: string | readonly string[];
  readonly title?: string | readonly string[];
  readonly published?: {
    readonly selector: string | readonly string[];
    readonly format?: DateFormat;
    readonly prefix?: string;
  };
}

/**
 * Phrases, matched as whole words without case, in title and summary. `keep` beats `exclude` beats `include`; `always` lets everything
 * through, whatever this level and those above it say.
 */
export interface SourceRules {
  /** What holds none of these is kept out. Of several levels the nearest that has such a list counts. */
  readonly include?: readonly string[];
  /** What holds one of these is kept out. Those of all levels add up. */
  readonly exclude?: readonly string[];
  /** What holds one of these is never kept out, by no level. */
  readonly keep?: readonly string[];
  readonly always?: boolean;
}

/** Rules for more than one source: the second argument of `defineSources`. The rules of one source stand in its row. */
export interface SharedRules {
  readonly all?: Omit<SourceRules, 'always'>;
  readonly class?: Readonly<Partial<Record<SourceClass, SourceRules>>>;
}

/** Under this key a row carries the rules that it shares with others. */
export const SHARED_RULES: unique symbol = Symbol.for('newsdesk.shared-rules');

/**
 * How this source prints its dates. UK forms only, day first, Europe/London.
 * `d-month-y`: 3 May 2024, with or without weekday, ordinal, comma · `d/m/y` · `d.m.y` · `d-m-y` · `y-m-d` (also with a time) ·
 * `month-y`: March 2024 · `y` · `rfc822` · `time-d-month-y`: 09:58AM Wednesday, 15 September 2021 · `any-uk`: whichever of these fits.
 */
export type DateFormat =
  'd-month-y' | 'd/m/y' | 'd.m.y' | 'd-m-y' | 'y-m-d' | 'month-y' | 'y' | 'rfc822' | 'time-d-month-y' | 'any-uk';

export interface FeedSource extends SourceBase {
  readonly kind: 'feed';
}

export interface ListingSource extends SourceBase {
  readonly kind: 'listing';
  readonly select: {
    /** One element for each item. A list of selectors is a fall-back list: using any but the first raises `source.changed`. */
    readonly item: string | readonly string[];
    /** Inside the item. Default: the first link with text. */
    readonly link?: string | readonly string[];
    readonly title?: string | readonly string[];
    readonly date?: string | readonly string[];
    readonly summary?: string | readonly string[];
  };
  readonly date?: {
    readonly format: DateFormat;
    readonly prefix?: string;
    readonly pattern?: string;
    readonly from?: 'text' | 'datetime' | 'url';
  };
  /** The next pages: a link to follow, or a query parameter to count up. Read on until a known item shows. */
  readonly pages?:
    | { readonly link: string; readonly upTo?: number }
    | { readonly parameter: string; readonly first: number; readonly step?: number; readonly upTo?: number };
}

export interface PageSource extends SourceBase {
  readonly kind: 'page';
  /** The part of the page that counts. Default: main, else body. */
  readonly within?: string | readonly string[];
  /** Parts of it that never count (cookie notices, counters). */
  readonly ignore?: readonly string[];
  /** Which links are documents. Default: links to PDF, Word, ODT, Excel, PowerPoint and ODS files, and GOV.UK-like attachments. */
  readonly documents?: string;
  /** Headings that begin a section. Default: h2, h3. */
  readonly sections?: string;
}

export interface GovukSource extends SourceBase {
  readonly kind: 'govuk';
  /** Slugs as in /government/organisations/{slug}. */
  readonly organisations?: readonly string[];
  readonly keywords?: string;
  /** Document types to include. Default: all but corporate noise. */
  readonly documentTypes?: readonly string[];
  readonly rejectDocumentTypes?: readonly string[];
}

export interface SitemapSource extends SourceBase {
  readonly kind: 'sitemap';
  /** Only addresses that begin with one of these paths. */
  readonly under?: readonly string[];
}

export interface WordpressSource extends SourceBase {
  readonly kind: 'wordpress';
  /** Post type of the REST route; `url` is the route itself (`…/wp-json/wp/v2/posts`). */
  readonly postType?: string;
}

export interface JsonSource extends SourceBase {
  readonly kind: 'json';
  /** Dot path to the list; '' when the document is the list. */
  readonly items: string;
  /** Dot paths inside one entry. `url` may hold `{path}` slots: `https://x.org/p/{id}`. */
  readonly map: {
    readonly url: string;
    readonly title: string;
    readonly id?: string;
    readonly posted?: string;
    readonly updated?: string;
    readonly summary?: string;
  };
  readonly date?: { readonly format: DateFormat };
}
