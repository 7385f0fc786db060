import type { ComponentChildren } from 'preact';
import type { DeskNotice } from '../../model/desk.js';
import { hasRole, type Role } from '../../model/role.js';
import type { Frame } from './frame.js';
import { Shell } from './shell.js';

const PLACES: readonly { readonly path: string; readonly label: string; readonly role: Role; readonly key?: string }[] =
  [
    { path: '/drafts', label: 'Drafts', role: 'editor' },
    { path: '/watch', label: 'Watch', role: 'editor' },
    { path: '/found', label: 'Found', role: 'editor' },
    { path: '/newsletters', label: 'Newsletter', role: 'editor' },
    { path: '/sources', label: 'Sources', role: 'editor' },
    { path: '/people', label: 'People', role: 'admin' },
    { path: '/settings', label: 'Settings', role: 'admin' },
  ];

export interface DeskPageProps {
  readonly title: string;
  readonly frame: Frame;
  readonly children: ComponentChildren;
  readonly scripts?: readonly string[];
  /** Further stylesheets of src/web/assets. */
  readonly styles?: readonly string[];
  /** `wide` for two columns side by side. */
  readonly width?: 'wide';
}

/** A page of the desk for somebody who is signed in. */
export function DeskPage({ title, frame, children, scripts = [], styles = [], width }: DeskPageProps) {
  return (
    <Shell
      title={title}
      csrf={frame.csrf}
      scripts={['desk.js', ...scripts]}
      styles={styles}
      bodyClass="desk"
      preferences={frame.preferences}
    >
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Banner frame={frame} />
      <Notices frame={frame} />
      <main id="content" tabIndex={-1} class={width === 'wide' ? 'page wide' : 'page'}>
        <Told frame={frame} />
        {children}
      </main>
      <KeysDialog on={frame.preferences.singleKeys} />
      <p class="visually-hidden" role="status" id="announcer" />
    </Shell>
  );
}

function Banner({ frame }: { readonly frame: Frame }) {
  return (
    <header class="banner">
      <a class="wordmark" href="/drafts">
        <span aria-hidden="true" class="wordmark-sign" />
        Newsdesk
      </a>
      <nav aria-label="Desk">
        <ul class="places">
          {PLACES.filter(({ role }) => hasRole(frame.person.role, role)).map(({ path, label }) => (
            <li key={path}>
              <a href={path} aria-current={current(frame.path, path)}>
                {label}
                {path === '/watch' && frame.watching > 0 ? <Open count={frame.watching} /> : null}
              </a>
            </li>
          ))}
          <li>
            <a href="/newsfeed">Newsfeed</a>
          </li>
        </ul>
      </nav>
      <div class="self">
        <a href="/account" aria-current={current(frame.path, '/account')}>
          {frame.person.name}
        </a>
        <form method="post" action="/sign-out">
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <button class="quiet" type="submit">
            Sign out
          </button>
        </form>
      </div>
    </header>
  );
}

function Open({ count }: { readonly count: number }) {
  return (
    <>
      {' '}
      <span class="count" title="published stories to look at">
        {count}
      </span>
    </>
  );
}

function current(path: string, place: string): 'page' | 'true' | undefined {
  if (path === place) return 'page';
  return path.startsWith(`${place}/`) ? 'true' : undefined;
}

function Notices({ frame }: { readonly frame: Frame }) {
  if (frame.notices.length === 0) return null;
  const [first, ...others] = [...frame.notices].sort((a, b) => Number(isTechnical(a)) - Number(isTechnical(b)));
  if (first !== undefined && isTechnical(first) && !hasRole(frame.person.role, 'operator'))
    return <ForOperators notices={frame.notices} />;
  return (
    <section class="notices" aria-label="Needs attention" id="notices">
      <p>
        <strong>{first?.kind === 'configuration' ? 'The configuration has a mistake' : 'Needs attention'}</strong>
        <span class="notice-subject">{first?.subject}</span> {first?.message}
        {first?.kind === 'output' ? <a href="/deliveries?in=failed">See what was not delivered</a> : null}
      </p>
      {others.length === 0 ? null : (
        <details>
          <summary>
            {others.length} more {others.length === 1 ? 'notice' : 'notices'}
          </summary>
          <NoticeList notices={others} />
        </details>
      )}
    </section>
  );
}

/** An editor can do nothing about it: said in one calm line, with the whole one click away. */
function ForOperators({ notices }: Pick<Frame, 'notices'>) {
  return (
    <section class="notices" aria-label="For an operator" id="notices">
      <details>
        <summary>
          {notices.length === 1 ? 'One notice' : `${notices.length} notices`} for the operator of this newsdesk. You can
          go on working.
        </summary>
        <NoticeList notices={notices} />
      </details>
    </section>
  );
}

/** What editors cannot mend; the publishing of their own posts concerns them. */
function isTechnical({ kind }: DeskNotice): boolean {
  return kind !== 'publishing' && kind !== 'output';
}

function NoticeList({ notices }: { readonly notices: readonly DeskNotice[] }) {
  return (
    <ul>
      {notices.map((notice) => (
        <li key={`${notice.kind} ${notice.subject}`}>
          <span class="notice-subject">{notice.subject}</span> {notice.message}
        </li>
      ))}
    </ul>
  );
}

function Told({ frame }: { readonly frame: Frame }) {
  const { flash } = frame;
  if (flash === null) return null;
  return (
    <div class={flash.bad === true ? 'told bad' : 'told'} role={flash.bad === true ? 'alert' : 'status'} id="told">
      <p>{flash.text}</p>
      {flash.undo === undefined ? null : (
        <form method="post" action={flash.undo.action}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="version" value={flash.undo.version} />
          {(flash.undo.fields ?? []).map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <button class="quiet" type="submit" data-key="z">
            Undo
          </button>
        </form>
      )}
    </div>
  );
}

const KEYS: readonly (readonly [string, string])[] = [
  ['j / k', 'Next, previous draft'],
  ['o or Enter', 'Open the draft'],
  ['x', 'Select the draft'],
  ['a', 'Start review; on the page of the draft, then approve'],
  ['p', 'Publish now'],
  ['r', 'Reject: then 1 to 5 for the reason'],
  ['e', 'Edit the text, from the list too'],
  ['s', 'Save'],
  ['z', 'Undo the last step'],
  ['/', 'Search everything'],
  ['g d · g f · g l · g s', 'Go to drafts, found, newsletter, sources'],
  ['Esc', 'Leave a field, close this'],
  ['?', 'This list'],
];

function KeysDialog({ on }: { readonly on: boolean }) {
  return (
    <dialog id="keys" class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" id="keys-on" checked={on} /> Single keys are on
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
