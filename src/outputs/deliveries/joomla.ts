import type { Delivery } from '../../model/delivery.js';
import type { Failure } from '../../model/failure.js';
import {
  fieldsOf,
  idOf,
  markOf,
  NOWHERE,
  oneArticleEach,
  refusal,
  type Ask,
  type Place,
  type Placed,
} from './place.js';
import { wholePost } from './whole-post.js';

export interface JoomlaOptions {
  /** The site, without a slash at the end: `https://www.example.org`. */
  readonly url: string;
  readonly token: string;
  /** The category that articles go to. */
  readonly category: number;
  /** 0: a person over there publishes it; 1: it is out at once. */
  readonly state: 0 | 1;
}

const UNPUBLISHED = 0;

/**
 * Articles of a Joomla site, by its Web Services API (`/api/index.php/v1/content/articles`, Joomla 4 and later; the plug-in
 * "Web Services - Content" must be on). A post is one article for ever: by the stored id, else by the mark in its note, so that a lost
 * answer never makes a second one. What an editor of that site did with the state stays, save that a withdrawn post is unpublished.
 */
export function joomla(options: JoomlaOptions, ask: Ask): Place {
  const send = sender(options, ask);
  const find = async (delivery: Delivery): Promise<string | null> => {
    const mark = markOf(delivery);
    const answer = await send('GET', `?filter[search]=${encodeURIComponent(mark)}&page[limit]=20`);
    if (answer.status !== 200) throw refused(answer, 'would not list its articles');
    const rows = fieldsOf(answer.json)['data'];
    if (!Array.isArray(rows)) throw refused(answer, 'gave no list of articles');
    const own = rows.map(fieldsOf).find((row) => String(fieldsOf(row['attributes'])['note']).includes(mark));
    return own === undefined ? null : idOf(own['id']);
  };

  const make = async (delivery: Delivery): Promise<Placed> => {
    const { post } = delivery;
    const answer = await send('POST', '', {
      ...wordsOf(delivery),
      alias: post.slug,
      catid: options.category,
      language: '*',
      state: options.state,
      note: markOf(delivery),
      metadesc: '',
      metakey: '',
    });
    const id = idOf(fieldsOf(fieldsOf(answer.json)['data'])['id']);
    if (answer.status > 201 || id === null) throw refused(answer, 'did not take the article');
    return { remoteId: id, remoteUrl: null };
  };

  const change = async (id: string, delivery: Delivery): Promise<Placed> => {
    const { withdrawn, remoteWithdrawn } = delivery;
    const state = withdrawn ? { state: UNPUBLISHED } : remoteWithdrawn ? { state: options.state } : {};
    const answer = await send('PATCH', `/${encodeURIComponent(id)}`, { ...wordsOf(delivery), ...state });
    if (answer.status === 200) return { remoteId: id, remoteUrl: null };
    if (await isGone(id, answer.status)) {
      if (withdrawn) return NOWHERE;
      throw refused(answer, `has no article ${id} any more; somebody deleted it there, and none was made anew`);
    }
    throw refused(answer, `did not take the change of article ${id}`);
  };

  /** The change of an article that is not there is refused like one that somebody has open: 400. Reading it tells the two apart. */
  const isGone = async (id: string, status: number): Promise<boolean> =>
    status === 404 || (status === 400 && (await send('GET', `/${encodeURIComponent(id)}`)).status === 404);

  return oneArticleEach('joomla', { find, make, change });
}

function sender({ url, token }: JoomlaOptions, ask: Ask) {
  return async (method: 'GET' | 'POST' | 'PATCH', path: string, fields?: Record<string, unknown>) =>
    await ask({
      url: `${url}/api/index.php/v1/content/articles${path}`,
      method,
      headers: {
        accept: 'application/vnd.api+json',
        'x-joomla-token': token,
        ...(fields === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    });
}

function wordsOf({ post }: Delivery): { readonly title: string; readonly articletext: string } {
  return { title: post.headline, articletext: wholePost(post) };
}

/** Joomla's own reason where it gives one, such as an alias that is taken. */
function refused({ status, json }: { readonly status: number; readonly json: unknown }, words: string): Failure {
  const errors = fieldsOf(json)['errors'];
  const { title, detail } = fieldsOf(Array.isArray(errors) ? errors[0] : undefined);
  const reason = [title, detail].find((one) => typeof one === 'string' && one !== '');
  return refusal(`Joomla ${words}`, status, reason);
}
