import { Failure } from '../../model/failure.js';
import { NEWSFEED_PATHS } from '../newsfeed/site.js';
import { NOWHERE, type Ask, type Place } from './place.js';

/** Tells a WebSub hub that our feeds have changed (W3C WebSub, section 6, in the form that public hubs take). */
export function websub({ hub, publicUrl }: { readonly hub: string; readonly publicUrl: string }, ask: Ask): Place {
  return {
    name: 'websub',
    deliver: async () => {
      const body = new URLSearchParams({ 'hub.mode': 'publish' });
      for (const path of [NEWSFEED_PATHS.rss, NEWSFEED_PATHS.atom, NEWSFEED_PATHS.json])
        body.append('hub.url', `${publicUrl}${path}`);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { status } = await ask({ url: hub, method: 'POST', headers, body: body.toString() });
      if (status >= 200 && status < 300) return NOWHERE;
      throw new Failure('output.refused', `The WebSub hub ${new URL(hub).host} answered ${status}`, { status });
    },
  };
}
