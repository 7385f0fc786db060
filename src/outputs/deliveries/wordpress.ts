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

export interface WordPressOptions {
  /** The site, without a slash at the end: `https://www.example.org`. */
  readonly url: string;
  readonly user: string;
  /** An application password of that user. */
  readonly password: string;
  /** `draft` and `pending`: a person over there publishes it; `publish`: it is out at once. */
  readonly status: 'draft' | 'pending' | 'publish';
  readonly category: number | null;
}

/**
 * Posts of a WordPress site, by its REST API and an application password. A post is one post there for ever: by the stored id, else
 * by a mark in a comment at the end of its content, so that a lost answer never makes a second one. What an editor of that site did
 * with the status stays, save that a withdrawn post becomes a draft.
 */
export function wordpress(options: WordPressOptions, ask: Ask): Place {
  const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`, 'utf8').toString('base64')}`;
  // By the parameter and not by the pretty path: that works whatever the site's permalinks are.
  const at = (path: string, query: Readonly<Record<string, string>> = {}): string =>
    `${options.url}/index.php?${new URLSearchParams({ rest_route: `/wp/v2/posts${path}`, ...query }).toString()}`;
  const send = async (url: string, fields?: Record<string, unknown>) =>
    await ask({
      url,
      method: fields === undefined ? 'GET' : 'POST',
      headers: { authorization, ...(fields === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    });

  const find = async (delivery: Delivery): Promise<string | null> => {
    const mark = markOf(delivery);
    const answer = await send(at('', { search: mark, status: 'any', context: 'edit', per_page: '20' }));
    // To a stranger it says 400, 401 or 403, by its version and plug-ins.
    const stranger = [400, 401, 403].includes(answer.status);
    if (stranger) throw refused(answer, 'does not let WORDPRESS_USER with WORDPRESS_PASSWORD edit posts');
    if (answer.status !== 200 || !Array.isArray(answer.json)) throw refused(answer, 'would not list its posts');
    const own = (answer.json as unknown[]).map(fieldsOf).find((row) => {
      const { raw } = fieldsOf(row['content']);
      return typeof raw === 'string' && raw.includes(`<!-- ${mark} -->`);
    });
    return own === undefined ? null : idOf(own['id']);
  };

  const make = async (delivery: Delivery): Promise<Placed> => {
    const answer = await send(at(''), {
      ...wordsOf(delivery),
      slug: delivery.post.slug,
      status: options.status,
      ...(options.category === null ? {} : { categories: [options.category] }),
    });
    const made = placed(answer.json);
    if (answer.status !== 201 || made === null) throw refused(answer, 'did not take the post');
    return made;
  };

  const change = async (id: string, delivery: Delivery): Promise<Placed> => {
    const { withdrawn, remoteWithdrawn } = delivery;
    const status = withdrawn ? 'draft' : remoteWithdrawn ? options.status : undefined;
    const answer = await send(at(`/${encodeURIComponent(id)}`), {
      ...wordsOf(delivery),
      ...(status === undefined ? {} : { status }),
    });
    if (answer.status === 404) {
      if (withdrawn) return NOWHERE;
      throw refused(answer, `has no post ${id} any more; somebody deleted it there, and none was made anew`);
    }
    const changed = placed(answer.json);
    if (answer.status !== 200 || changed === null) throw refused(answer, `did not take the change of post ${id}`);
    return changed;
  };

  return oneArticleEach('wordpress', { find, make, change });
}

function placed(json: unknown): Placed | null {
  const { id, link } = fieldsOf(json);
  const remoteId = idOf(id);
  return remoteId === null ? null : { remoteId, remoteUrl: typeof link === 'string' ? link : null };
}

function wordsOf(delivery: Delivery): { readonly title: string; readonly content: string } {
  const { post } = delivery;
  return { title: post.headline, content: `${wholePost(post)}\n<!-- ${markOf(delivery)} -->` };
}

/** WordPress's own reason where it gives one. */
function refused({ status, json }: { readonly status: number; readonly json: unknown }, words: string): Failure {
  return refusal(`WordPress ${words}`, status, fieldsOf(json)['message']);
}
