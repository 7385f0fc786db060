import { jsonCaller } from './net/call-json.js';
import { joomla } from './outputs/deliveries/joomla.js';
import type { Ask, Place } from './outputs/deliveries/place.js';
import { webhook } from './outputs/deliveries/webhook.js';
import { websub } from './outputs/deliveries/websub.js';
import { wordpress } from './outputs/deliveries/wordpress.js';
import type { Settings } from './settings.js';

export interface OutputParts {
  readonly userAgent: string;
  /** Of the newsfeed, without a slash at the end. */
  readonly publicUrl: string;
  readonly now: () => Date;
}

type Open = (parts: OutputParts, ask: Ask) => Place;

/** The outputs that are set up, each ready to deliver. */
export function openOutputs(settings: Settings, parts: OutputParts): readonly Place[] {
  const ask = jsonCaller(parts.userAgent);
  return [...setUp(settings).values()].map((open) => open(parts, ask));
}

/** Their names: what each new post is to be delivered to. */
export function outputNames(settings: Settings): readonly string[] {
  return [...setUp(settings).keys()];
}

function setUp(settings: Settings): ReadonlyMap<string, Open> {
  const found = new Map<string, Open>();
  const { JOOMLA_URL, JOOMLA_TOKEN, JOOMLA_CATEGORY, WORDPRESS_URL, WORDPRESS_USER, WORDPRESS_PASSWORD } = settings;
  const { WEBHOOK_URL, WEBHOOK_SECRET, WEBSUB_HUB } = settings;
  if (JOOMLA_URL !== null && JOOMLA_TOKEN !== null && JOOMLA_CATEGORY !== null) {
    const state = settings.JOOMLA_STATE === 'published' ? 1 : 0;
    const options = { url: JOOMLA_URL, token: JOOMLA_TOKEN, category: JOOMLA_CATEGORY, state } as const;
    found.set('joomla', (_, ask) => joomla(options, ask));
  }
  if (WORDPRESS_URL !== null && WORDPRESS_USER !== null && WORDPRESS_PASSWORD !== null) {
    const { WORDPRESS_STATUS: status, WORDPRESS_CATEGORY: category } = settings;
    const options = { url: WORDPRESS_URL, user: WORDPRESS_USER, password: WORDPRESS_PASSWORD, status, category };
    found.set('wordpress', (_, ask) => wordpress(options, ask));
  }
  if (WEBHOOK_URL !== null && WEBHOOK_SECRET !== null)
    found.set('webhook', ({ publicUrl, now }, ask) =>
      webhook({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, publicUrl, now }, ask),
    );
  if (WEBSUB_HUB !== null) found.set('websub', ({ publicUrl }, ask) => websub({ hub: WEBSUB_HUB, publicUrl }, ask));
  return found;
}
