import { load } from 'cheerio';
import { z } from 'zod';
import { isUrl } from '../model/is-url.js';
import type { DateFormat, SourceKind, SourceOf, Weekday } from '../model/source.js';
import { filled, oneOf, text, whole, yesOrNo } from './field-checks.js';
import { rules } from './rules-schema.js';
import { CLASSES } from './source-classes.js';

/** Short, lower case, with hyphens: `action-for-children`. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** A bare host: `www.gov.uk`, `lawcom.localhost`, `127.0.0.1`. */
const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
/** `en`, `cy`, `en-GB`. */
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Z]{2})?$/;
const LONGEST_NAME = 120;
const LONGEST_PATTERN = 200;
const WEEK_MINUTES = 7 * 24 * 60;
const NO_PAGE = load('');

const DATE_FORMATS = {
  'd-month-y': true,
  'd/m/y': true,
  'd.m.y': true,
  'd-m-y': true,
  'y-m-d': true,
  'month-y': true,
  y: true,
  rfc822: true,
  'time-d-month-y': true,
  'any-uk': true,
} as const satisfies Record<DateFormat, true>;

const address = z
  .string({ error: 'Write a whole address, such as https://www.example.org/news.' })
  .refine(isWebAddress, {
    error:
      'Write a whole http or https address without user name, blanks or {slots}, such as https://www.example.org/news.',
  });
const host = z
  .string({ error: 'Write a host, such as www.example.org.' })
  .regex(HOST, { error: 'Write only the host in lower case, without https:// and path, such as www.example.org.' });
const selector = z.string({ error: 'Write a CSS selector, or a list of them.' }).superRefine((value, context) => {
  const fault = selectorFault(value);
  if (fault !== null) context.addIssue({ code: 'custom', message: `Write a CSS selector (${fault}).`, input: value });
});
/** A list is a fall-back list. Told apart by hand: a union would hide which entry is wrong. */
const selectors = z.unknown().superRefine((value, context) => {
  const read = (Array.isArray(value) ? filled(selector, 'Name at least one selector.') : selector).safeParse(value);
  for (const { path, message } of read.error?.issues ?? []) {
    context.addIssue({ code: 'custom', path, message, input: at(value, path) });
  }
});
const pattern = text('Write a regular expression of at most 200 characters.', LONGEST_PATTERN).refine(isPattern, {
  error: 'Write a regular expression; close every bracket.',
});
const dateFormat = oneOf(DATE_FORMATS);
const step = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ do: z.literal('click'), selector }),
    z.strictObject({ do: z.literal('load-more'), selector, times: whole(1, 50) }),
    z.strictObject({ do: z.literal('scroll'), times: whole(1, 50) }),
  ],
  { error: 'Write a step: do is click, load-more or scroll.' },
);

const article = z.strictObject(
  {
    content: selectors.optional(),
    remove: selectors.optional(),
    title: selectors.optional(),
    published: z
      .strictObject(
        {
          selector: selectors,
          format: dateFormat.optional(),
          prefix: text('Write the words before the date.', 100).optional(),
        },
        { error: 'Write { selector, format }.' },
      )
      .optional(),
  },
  { error: 'Write { content, remove, title, published }.' },
);

const WEEKDAYS = {
  Mon: true,
  Tue: true,
  Wed: true,
  Thu: true,
  Fri: true,
  Sat: true,
  Sun: true,
} as const satisfies Record<Weekday, true>;
const hours = z
  .strictObject(
    {
      from: whole(0, 23),
      to: whole(1, 24),
      days: filled(oneOf(WEEKDAYS), 'Name at least one day, or leave it out.').optional(),
    },
    { error: "Write { from: 7, to: 19, days: ['Mon', …] }, in London time." },
  )
  .refine(({ from, to }) => from < to, { error: 'Let from be before to, within one day.' });

const listDate = z.strictObject(
  {
    format: dateFormat,
    prefix: text('Write the words before the date.', 100).optional(),
    pattern: pattern.optional(),
    from: z.enum(['text', 'datetime', 'url'], { error: 'Write one of: text, datetime, url.' }).optional(),
  },
  { error: 'Write { format, and where needed prefix, pattern, from }.' },
);

const pages = z.union(
  [
    z.strictObject({ link: selector, upTo: whole(1, 50).optional() }),
    z.strictObject({
      parameter: text('Write the name of the parameter.', 50),
      first: whole(0, 1_000),
      step: whole(1, 1_000).optional(),
      upTo: whole(1, 50).optional(),
    }),
  ],
  { error: "Write { link: 'selector of the link to the next page' } or { parameter: 'page', first: 0 }." },
);

const OF_ALL = {
  id: z.string({ error: 'Give it a short id.' }).regex(ID, {
    error: 'Write lower-case letters, digits and single hyphens only, such as action-for-children.',
  }),
  name: text('Write the name exactly as the Source line prints it, on one line.', LONGEST_NAME).refine(
    (name) => name === name.trim() && !/[\r\n\t]|\s{2}/.test(name),
    { error: 'Take out the blanks at the ends, double blanks and line breaks.' },
  ),
  class: oneOf(CLASSES),
  url: address,
  home: address.optional(),
  evidence: z.enum(['verified', 'code', 'template', 'guess', 'conflict'], {
    error: 'Say how the address is known: verified, code, template, guess or conflict.',
  }),
  enabled: yesOrNo.optional(),
  everyMinutes: whole(1, WEEK_MINUTES).optional(),
  hours: hours.optional(),
  initialItems: whole(0, 500).optional(),
  render: z.enum(['http', 'browser'], { error: 'Write http or browser.' }).optional(),
  steps: z.array(step, { error: 'Write a list of steps.' }).optional(),
  hosts: z.array(host, { error: 'Write a list of hosts.' }).optional(),
  language: z
    .string({ error: 'Write a language, such as en or cy.' })
    .regex(LANGUAGE, { error: 'Write a language, such as en or cy.' })
    .optional(),
  licence: z
    .enum(['ogl', 'opl', 'copyright', 'unknown'], { error: 'Write ogl, opl, copyright or unknown.' })
    .optional(),
  article: article.optional(),
  rules: rules.optional(),
  notes: text('Write the note in at most 500 characters.').optional(),
};

const words = (what: string) => filled(text(`Write ${what}.`, 100), `Name at least one: ${what}.`);
const path = (what: string) => z.string({ error: `Write the dot path to ${what}, such as data.${what}.` });

type Fields<K extends SourceKind> = Record<Extract<keyof SourceOf<K>, string>, z.ZodType>;

/** The fields of each kind: a field of the model that has no check here does not compile. */
export const FIELDS = {
  feed: { ...OF_ALL, kind: z.literal('feed') } satisfies Fields<'feed'>,
  listing: {
    ...OF_ALL,
    kind: z.literal('listing'),
    select: z.strictObject(
      {
        item: selectors,
        link: selectors.optional(),
        title: selectors.optional(),
        date: selectors.optional(),
        summary: selectors.optional(),
      },
      { error: "Write { item: 'selector of one entry', and where needed link, title, date, summary }." },
    ),
    date: listDate.optional(),
    pages: pages.optional(),
  } satisfies Fields<'listing'>,
  page: {
    ...OF_ALL,
    kind: z.literal('page'),
    within: selectors.optional(),
    ignore: filled(selector, 'Name at least one selector, or leave it out.').optional(),
    documents: selector.optional(),
    sections: selector.optional(),
  } satisfies Fields<'page'>,
  govuk: {
    ...OF_ALL,
    kind: z.literal('govuk'),
    organisations: words('the slug of /government/organisations/{slug}').optional(),
    keywords: text('Write the words to search for.', 200).optional(),
    documentTypes: words('a document type, such as press_release').optional(),
    rejectDocumentTypes: words('a document type, such as press_release').optional(),
  } satisfies Fields<'govuk'>,
  sitemap: {
    ...OF_ALL,
    kind: z.literal('sitemap'),
    under: filled(
      z.string({ error: 'Write a path that begins with /.' }).startsWith('/', { error: 'Begin the path with /.' }),
      'Name at least one path, or leave it out.',
    ).optional(),
  } satisfies Fields<'sitemap'>,
  wordpress: {
    ...OF_ALL,
    kind: z.literal('wordpress'),
    postType: text('Write the post type of the route, such as posts.', 50).optional(),
  } satisfies Fields<'wordpress'>,
  json: {
    ...OF_ALL,
    kind: z.literal('json'),
    items: path('items'),
    map: z.strictObject(
      {
        url: path('url').min(1, { error: 'Name the field that holds the address, or a form with {slots}.' }),
        title: path('title').min(1, { error: 'Name the field that holds the title.' }),
        id: path('id').optional(),
        posted: path('posted').optional(),
        updated: path('updated').optional(),
        summary: path('summary').optional(),
      },
      { error: 'Write { url, title, and where there are id, posted, updated, summary }.' },
    ),
    date: z.strictObject({ format: dateFormat }, { error: 'Write { format }.' }).optional(),
  } satisfies Fields<'json'>,
} as const;

function isWebAddress(value: string): boolean {
  if (/[\s{}<>"]/.test(value) || !isUrl(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hostname !== '';
}

function isPattern(value: string): boolean {
  try {
    new RegExp(value, 'i');
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a selector, in the words of the engine that will use it; `null` when nothing is. */
function selectorFault(value: string): string | null {
  if (value.trim() === '') return 'it is empty';
  try {
    NO_PAGE.root().find(value);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function at(value: unknown, way: readonly PropertyKey[]): unknown {
  const [first, ...rest] = way;
  if (first === undefined) return value;
  return typeof value === 'object' && value !== null
    ? at(Object.entries(value).find(([key]) => key === String(first))?.[1], rest)
    : undefined;
}
