import { Fragment } from 'preact';
import { render } from 'preact-render-to-string';
import { textBlocks, type Piece } from '../../compose/newsletter-text.js';
import type { Issue } from '../../model/newsletter.js';
import { Shell } from '../newsfeed/shell.js';
import { postPath, type NewsfeedSite } from '../newsfeed/site.js';
import { GREETING, newsletterPath } from './place.js';

/** A sent issue as a page of the newsfeed. Items that were withdrawn since are not in it any more. */
export function newsletterPage(site: NewsfeedSite, issue: Issue, withdrawn: ReadonlySet<string>): string {
  const gone = issue.sections.flatMap(({ entries }) => entries).some(({ postId }) => withdrawn.has(postId));
  const sections = issue.sections
    .map(({ name, entries }) => ({ name, entries: entries.filter(({ postId }) => !withdrawn.has(postId)) }))
    .filter(({ entries }) => entries.length > 0);
  const page = (
    <Shell site={site} title={issue.title} path={newsletterPath(issue)}>
      <article class="post newsletter">
        <h1 class="post-headline">{issue.title}</h1>
        <div class="post-body">
          <p>{GREETING}</p>
          {gone ? (
            <p class="post-note">An item was withdrawn after this newsletter was sent.</p>
          ) : (
            <Words text={issue.introduction} />
          )}
          {issue.blocks.map(({ id, heading, body }) => (
            <section key={id}>
              <h2>{heading}</h2>
              <Words text={body} />
            </section>
          ))}
          {sections.map(({ name, entries }) => (
            <section key={name}>
              <h2>{name}</h2>
              {entries.map(({ postId, slug, heading, paragraph }) => (
                <Fragment key={postId}>
                  <h3>
                    <a href={postPath({ slug })}>{heading}</a>
                  </h3>
                  <Words text={paragraph} />
                </Fragment>
              ))}
            </section>
          ))}
        </div>
      </article>
    </Shell>
  );
  return `<!doctype html>\n${render(page)}`;
}

function Words({ text }: { readonly text: string }) {
  return (
    <>
      {textBlocks(text).map(({ kind, lines }, at) =>
        kind === 'list' ? (
          <ul key={at}>
            {lines.map((line, n) => (
              <li key={n}>
                <Line pieces={line} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            {lines.map((line, n) => (
              <Fragment key={n}>
                {n === 0 ? null : <br />}
                <Line pieces={line} />
              </Fragment>
            ))}
          </p>
        ),
      )}
    </>
  );
}

function Line({ pieces }: { readonly pieces: readonly Piece[] }) {
  return (
    <>
      {pieces.map(({ text, href }, at) =>
        href === undefined ? (
          text
        ) : (
          <a key={at} href={href}>
            {text}
          </a>
        ),
      )}
    </>
  );
}
