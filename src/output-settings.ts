import { address, atLeast, nonEmpty, oneOf, site, wholeNumber, type Row } from './setting-values.js';

/** The settings of the outputs that posts are delivered to: a part of `SETTINGS`. */
export const OUTPUT_SETTINGS = {
  JOOMLA_URL: {
    fallback: null,
    parse: site,
    about:
      'Joomla site that posts are delivered to, such as https://www.example.org. Needs JOOMLA_TOKEN and JOOMLA_CATEGORY.',
  },
  JOOMLA_TOKEN: { fallback: null, parse: nonEmpty, about: 'API token of a Joomla user of its own.', secret: true },
  JOOMLA_CATEGORY: {
    fallback: null,
    parse: wholeNumber(1, 1_000_000_000),
    about: 'Number of the Joomla category that articles go to.',
  },
  JOOMLA_STATE: {
    fallback: 'unpublished',
    parse: oneOf('unpublished', 'published'),
    about: 'State of a new article there. Unpublished: the editor of that site has the last word.',
  },
  WORDPRESS_URL: {
    fallback: null,
    parse: site,
    about: 'WordPress site that posts are delivered to. Needs WORDPRESS_USER and WORDPRESS_PASSWORD.',
  },
  WORDPRESS_USER: { fallback: null, parse: nonEmpty, about: 'Name of a WordPress user of its own, an editor.' },
  WORDPRESS_PASSWORD: {
    fallback: null,
    parse: nonEmpty,
    about: 'An application password of that user; never the one that a person signs in with.',
    secret: true,
  },
  WORDPRESS_STATUS: {
    fallback: 'draft',
    parse: oneOf('draft', 'pending', 'publish'),
    about: 'Status of a new post there: draft, pending or publish.',
  },
  WORDPRESS_CATEGORY: {
    fallback: null,
    parse: wholeNumber(1, 1_000_000_000),
    about: 'Number of the WordPress category that posts go to. Default: that of the site.',
  },
  WEBHOOK_URL: {
    fallback: null,
    parse: address('http:', 'https:'),
    about:
      'Address that is told of each post published, changed and withdrawn, signed with WEBHOOK_SECRET, without its text.',
    secret: true,
  },
  WEBHOOK_SECRET: {
    fallback: null,
    parse: atLeast(16),
    about: 'Signs what is sent to WEBHOOK_URL (HMAC-SHA256). At least 16 characters.',
    secret: true,
  },
  WEBSUB_HUB: {
    fallback: null,
    parse: address('http:', 'https:'),
    about: 'WebSub hub that is told when the feeds have changed.',
  },
} as const satisfies Record<string, Row>;
