import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Post } from '../../model/post.js';
import { opening, postBody, postBodyInList } from './post-body.js';
import { Shell } from './shell.js';
import { pagePath, postPath, type NewsfeedSite } from './site.js';
import { sourceLine } from './source-line.js';

export interface PostsPage {
  /** Newest first, at most five. */
  readonly posts: readonly Post[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** One page of the list as a whole HTML document: posts in full, newest first. Rule: HOUSE-STYLE section 2. */
export function newsfeedPage(site: NewsfeedSite, list: PostsPage): string {
  const { posts, page, pages } = list;
  const head = (
    <>
      <meta name="description" content={site.description} />
      {page > 1 ? <link rel="prev" href={pagePath(page - 1)} /> : null}
      {page < pages ? <link rel="next" href={pagePath(page + 1)} /> : null}
      <OpenGraph site={site} title={site.title} path={pagePath(page)} type="website" description={site.description} />
    </>
  );
  return documentOf(
    <Shell site={site} title={page === 1 ? site.title : `Page ${page}`} path={pagePath(page)} head={head}>
      <h1 class="newsfeed-title">{page === 1 ? 'News' : `News, page ${page} of ${pages}`}</h1>
      {posts.length === 0 ? <p class="newsfeed-none">Nothing has been published yet.</p> : null}
      {posts.map((post) => (
        <article key={post.id} class="post" aria-labelledby={`post-${post.id}`}>
          <h2 class="post-headline" id={`post-${post.id}`}>
            <a href={postPath(post)}>{post.headline}</a>
          </h2>
          <SourceLine post={post} />
          <div class="post-body" dangerouslySetInnerHTML={{ __html: postBodyInList(post) }} />
        </article>
      ))}
      <Pages page={page} pages={pages} />
    </Shell>,
  );
}

/** One post as a whole HTML document. */
export function postPage(site: NewsfeedSite, post: Post): string {
  const description = opening(post);
  const head = (
    <>
      <meta name="description" content={description} />
      <OpenGraph site={site} title={post.headline} path={postPath(post)} type="article" description={description} />
      <meta property="article:published_time" content={post.publishedAt.toISOString()} />
      <meta property="article:modified_time" content={post.changedAt.toISOString()} />
    </>
  );
  return documentOf(
    <Shell site={site} title={post.headline} path={postPath(post)} head={head}>
      <article class="post">
        <h1 class="post-headline">{post.headline}</h1>
        <SourceLine post={post} />
        <div class="post-body" dangerouslySetInnerHTML={{ __html: postBody(post) }} />
      </article>
      <p class="newsfeed-back">
        <a href={pagePath(1)}>All news</a>
      </p>
    </Shell>,
  );
}

/** What stands at the address of a post that was withdrawn: not the post, and not its headline either. */
export function withdrawnPage(site: NewsfeedSite): string {
  return noticePage(site, 'This item was withdrawn', 'It was published here and has been taken down since.');
}

/** What stands where there never was a post. */
export function missingPage(site: NewsfeedSite): string {
  return noticePage(
    site,
    'There is no such page',
    'The address may be mistyped, or the item may never have been published.',
  );
}

function noticePage(site: NewsfeedSite, title: string, words: string): string {
  return documentOf(
    <Shell site={site} title={title} path={null}>
      <h1>{title}</h1>
      <p>{words}</p>
      <p class="newsfeed-back">
        <a href={pagePath(1)}>All news</a>
      </p>
    </Shell>,
  );
}

function SourceLine({ post }: { readonly post: Post }) {
  return <p class="source-line">{sourceLine(post)}</p>;
}

function Pages({ page, pages }: { readonly page: number; readonly pages: number }) {
  if (pages === 1) return null;
  return (
    <nav class="newsfeed-pages" aria-label="Pages">
      {page > 1 ? (
        <a rel="prev" href={pagePath(page - 1)}>
          Newer
        </a>
      ) : null}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" href={pagePath(page + 1)}>
          Older
        </a>
      ) : null}
    </nav>
  );
}

interface OpenGraphProps {
  readonly site: NewsfeedSite;
  readonly title: string;
  readonly path: string;
  readonly type: 'website' | 'article';
  readonly description: string;
}

function OpenGraph({ site, title, path, type, description }: OpenGraphProps) {
  return (
    <>
      <meta property="og:site_name" content={site.title} />
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={`${site.publicUrl}${path}`} />
      <meta property="og:locale" content="en_GB" />
      <meta name="twitter:card" content="summary" />
    </>
  );
}

function documentOf(page: VNode): string {
  return `<!doctype html>\n${render(page)}`;
}
