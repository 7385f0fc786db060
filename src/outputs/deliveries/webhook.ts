import { createHmac } from 'node:crypto';
import type { Delivery } from '../../model/delivery.js';
import { Failure } from '../../model/failure.js';
import { postPath } from '../newsfeed/site.js';
import { NOWHERE, type Ask, type Place } from './place.js';

export interface WebhookOptions {
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  /** Of the newsfeed, without a slash at the end. */
  readonly publicUrl: string;
  readonly now: () => Date;
}

/**
 * Tells an address of the operator's that a post was published, changed or withdrawn: which, where and when, never its text.
 * `X-Newsdesk-Signature: t=<Unix seconds>,v1=<hex>`, the HMAC-SHA256 of `<seconds>.<body>`; `X-Newsdesk-Delivery` is the same when the same
 * event is sent again.
 */
export function webhook({ url, secret, publicUrl, now }: WebhookOptions, ask: Ask): Place {
  return {
    name: 'webhook',
    deliver: async (delivery) => {
      const { post } = delivery;
      const body = JSON.stringify({
        event: eventOf(delivery),
        id: post.id,
        headline: post.headline,
        url: `${publicUrl}${postPath(post)}`,
        originalUrl: post.originalUrl,
        source: post.sourceName,
        publishedAt: post.publishedAt.toISOString(),
        changedAt: post.changedAt.toISOString(),
      });
      const seconds = Math.floor(now().getTime() / 1_000);
      const { status } = await ask({
        url,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-newsdesk-delivery': `${post.id}-${delivery.asked}`,
          'x-newsdesk-signature': `t=${seconds},v1=${signatureOf(secret, seconds, body)}`,
        },
        body,
      });
      if (status >= 200 && status < 300) return NOWHERE;
      throw new Failure('output.refused', `${new URL(url).host} answered ${status} to the webhook`, { status });
    },
  };
}

/** What the receiver computes too. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

function eventOf({ withdrawn, asked, remoteWithdrawn }: Delivery): string {
  if (withdrawn) return 'post.withdrawn';
  if (asked === 1) return 'post.published';
  return remoteWithdrawn ? 'post.republished' : 'post.changed';
}
