import { jsonCaller } from './net/call-json.js';
import { joomla } from './outputs/deliveries/joomla.js';
import type { Place } from './outputs/deliveries/place.js';
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

/** The outputs that are set up, each ready to deliver. */
export function openOutputs(settings: Settings, { userAgent, publicUrl, now }: OutputParts): readonly Place[] {
  const ask = jsonCaller(userAgent);
  const places: Place[] = [];
  const { JOOMLA_URL, JOOMLA_TOKEN, JOOMLA_CATEGORY, WORDPRESS_URL, WORDPRESS_USER, WORDPRESS_PASSWORD } = settings;
  if (JOOMLA_URL !== null && JOOMLA_TOKEN !== null && JOOMLA_CATEGORY !== null) {
    const state = settings.JOOMLA_STATE === 'published' ? 1 : 0;
    places.push(joomla({ url: JOOMLA_URL, token: JOOMLA_TOKEN, category: JOOMLA_CATEGORY, state }, ask));
  }
  if (WORDPRESS_URL !== null && WORDPRESS_USER !== null && WORDPRESS_PASSWORD !== null) {
    const { WORDPRESS_STATUS: status, WORDPRESS_CATEGORY: category } = settings;
    places.push(
      wordpress({ url: WORDPRESS_URL, user: WORDPRESS_USER, password: WORDPRESS_PASSWORD, status, category }, ask),
    );
  }
  if (settings.WEBHOOK_URL !== null && settings.WEBHOOK_SECRET !== null) {
    places.push(webhook({ url: settings.WEBHOOK_URL, secret: settings.WEBHOOK_SECRET, publicUrl, now }, ask));
  }
  if (settings.WEBSUB_HUB !== null) places.push(websub({ hub: settings.WEBSUB_HUB, publicUrl }, ask));
  return places;
}

/** Their names: what each new post is to be delivered to. */
export function outputNames(settings: Settings): readonly string[] {
  const { JOOMLA_URL, WORDPRESS_URL, WEBHOOK_URL, WEBSUB_HUB } = settings;
  return Object.entries({ joomla: JOOMLA_URL, wordpress: WORDPRESS_URL, webhook: WEBHOOK_URL, websub: WEBSUB_HUB })
    .filter(([, url]) => url !== null)
    .map(([name]) => name);
}
