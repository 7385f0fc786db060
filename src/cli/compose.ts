import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { composeDraft } from '../compose/compose-draft.js';
import type { Article } from '../model/article.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { readJsonFile } from './json-file.js';
import { writeOut } from './ndjson.js';

/** What a file holds: an Article, or one beside the item and the source that it came from. */
interface Composable {
  readonly article: Article;
  readonly item?: FoundItem;
  readonly source?: Source;
}

/** `newsdesk compose FILE…`: Article JSON in, one line of draft JSON a file out. */
export function define(command: Command): void {
  command
    .argument('<files...>', 'an Article, or { article, item, source }, as JSON')
    .option('--source-name <name>', 'the organisation, where the file does not say', 'the publisher')
    .action(async (files: string[], options: { sourceName: string }) => {
      for (const file of files) {
        const given = await readJsonFile(file, async (path) => await readFile(path, 'utf8'));
        await writeOut(`${JSON.stringify({ file, ...composed(given, options.sourceName, file) })}\n`);
      }
    });
}

function composed(given: object, sourceName: string, file: string): ReturnType<typeof composeDraft> {
  const record = given as Partial<Composable> & Partial<Article>;
  const article = { ...NOTHING, ...(record.article ?? record) } as Article;
  if (typeof (article.bodyHtml as unknown) !== 'string' || typeof (article.url as unknown) !== 'string') {
    throw new Failure('config.invalid', `${file}: an article needs at least url and bodyHtml`);
  }
  const url = article.canonicalUrl ?? article.url;
  const item = record.item ?? {
    key: url,
    kind: 'article' as const,
    url,
    title: article.title ?? '',
    posted: null,
    updated: null,
  };
  const source = record.source ?? {
    id: 'file',
    name: sourceName,
    kind: 'feed' as const,
    class: 'search' as const,
    url,
    evidence: 'guess' as const,
  };
  return composeDraft(item, article, source);
}

const NOTHING: Omit<Article, 'url' | 'bodyHtml'> = {
  canonicalUrl: null,
  title: null,
  byline: null,
  standfirst: null,
  published: null,
  modified: null,
  language: null,
  licence: null,
  bodyText: '',
  quotes: [],
  documents: [],
  method: 'file',
  dropped: [],
};
