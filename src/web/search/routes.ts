import type { FastifyInstance } from 'fastify';
import { SEARCH_KINDS, type SearchAnswer, type SearchKind } from '../../model/search.js';
import { fieldsOf, line, oneOf, text, whole } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { SearchPage } from './search-page.js';

export interface Everything {
  search(wanted: {
    readonly words: string;
    readonly kind: SearchKind | null;
    readonly page: number;
    readonly pageSize: number;
  }): Promise<SearchAnswer>;
}

export interface SearchContext {
  readonly everything: Everything;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const PAGE_SIZE = 20;

/** One search over drafts, posts, everything found wherever it ended, and what was published before this newsdesk. */
export function searchRoutes(app: FastifyInstance, { everything, now, notices }: SearchContext): void {
  app.get('/search', { config: { role: 'editor' } }, async (request, reply) => {
    const query = fieldsOf(request.query);
    const words = line(query, 'q', 200);
    const kind = oneOf(text(query, 'in'), Object.keys(SEARCH_KINDS) as SearchKind[]);
    const page = kind === null ? 1 : whole(query, 'page', { least: 1, fallback: 1 });
    const [answer, frame] = await Promise.all([
      words === '' ? null : everything.search({ words, kind, page, pageSize: PAGE_SIZE }),
      openFrame(request, reply, notices),
    ]);
    return sendPage(reply, SearchPage({ frame, words, kind, page, pageSize: PAGE_SIZE, answer, now: now() }));
  });
}
