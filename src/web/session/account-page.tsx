import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago, moment } from '../layout/when.js';
import type { SessionListing } from './account.js';
import { IdentityPanel, type IdentityPanelProps } from './identity-panel.js';
import { PasskeysPanel, type ShownPasskey } from './passkeys-panel.js';

export interface AccountProps {
  readonly frame: Frame;
  readonly sessions: readonly SessionListing[];
  /** Whether they have the morning digest; `null` where no mail is sent. */
  readonly digest: boolean | null;
  /** `null` where browsers have none at this address. */
  readonly passkeys: readonly ShownPasskey[] | null;
  /** `null` where no sign-in service is set up. */
  readonly identity: Pick<IdentityPanelProps, 'label' | 'identities'> | null;
  readonly fault: string | null;
  readonly now: Date;
}

export function AccountPage({ frame, sessions, digest, passkeys, identity, fault, now }: AccountProps) {
  return (
    <DeskPage
      title="Your account"
      frame={frame}
      styles={['people.css']}
      scripts={passkeys === null ? [] : ['passkeys.js']}
    >
      <div class="page-head">
        <h1>{frame.person.name}</h1>
        <p class="lead">
          {frame.person.email} · {frame.person.role}
        </p>
      </div>
      <NamePanel frame={frame} />
      <PasswordPanel csrf={frame.csrf} fault={fault} />
      {passkeys === null ? null : <PasskeysPanel passkeys={passkeys} csrf={frame.csrf} now={now} />}
      {identity === null ? null : <IdentityPanel {...identity} csrf={frame.csrf} now={now} />}
      {digest === null ? null : <Digest digest={digest} csrf={frame.csrf} />}
      <SessionsPanel sessions={sessions} csrf={frame.csrf} now={now} />
      <p>
        <a href="/preferences">Your settings: order, colours, keys</a> ·{' '}
        <a href="/account/tokens">Tokens for programs</a>
      </p>
    </DeskPage>
  );
}

function NamePanel({ frame }: Pick<AccountProps, 'frame'>) {
  return (
    <form method="post" action="/account/name" class="panel stack" aria-labelledby="name-title">
      <h2 id="name-title">Your name and address</h2>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <label>
        Name, as the Source line prints it
        <input type="text" name="name" autocomplete="name" required maxLength={100} value={frame.person.name} />
      </label>
      <label>
        Email
        <input type="email" name="email" autocomplete="email" required maxLength={254} value={frame.person.email} />
      </label>
      <label>
        Present password, only to change the address
        <input type="password" name="present" autocomplete="current-password" maxLength={200} />
      </label>
      <button type="submit">Save</button>
    </form>
  );
}

function PasswordPanel({ csrf, fault }: { readonly csrf: string; readonly fault: string | null }) {
  return (
    <form method="post" action="/account/password" class="panel stack" aria-labelledby="password-title">
      <h2 id="password-title">Change your password</h2>
      {fault === null ? null : (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <input type="hidden" name="_csrf" value={csrf} />
      <label>
        Present password
        <input type="password" name="present" autocomplete="current-password" required maxLength={200} />
      </label>
      <label>
        New password, at least 12 characters
        <input type="password" name="password" autocomplete="new-password" required minLength={12} maxLength={200} />
      </label>
      <button type="submit">Change it</button>
    </form>
  );
}

function SessionsPanel({ sessions, csrf, now }: Pick<AccountProps, 'sessions' | 'now'> & { readonly csrf: string }) {
  return (
    <section class="panel" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Where you are signed in</h2>
      <ul class="rows">
        {sessions.map((session) => (
          <SessionRow key={session.key} session={session} csrf={csrf} now={now} />
        ))}
      </ul>
      <form method="post" action="/account/sessions">
        <input type="hidden" name="_csrf" value={csrf} />
        <button type="submit">Sign out everywhere but here</button>
      </form>
    </section>
  );
}

function SessionRow({
  session,
  csrf,
  now,
}: {
  readonly session: SessionListing;
  readonly csrf: string;
  readonly now: Date;
}) {
  const { key, createdAt, expiresAt, agent, here } = session;
  return (
    <li>
      <span>
        <strong>{agent ?? 'A browser'}</strong>
        {here ? ', here' : ''}{' '}
        <span class="hint">
          since {ago(createdAt, now)}, until {moment(expiresAt)} at the latest
        </span>
      </span>
      {here ? null : (
        <form method="post" action={`/account/sessions/${key}`}>
          <input type="hidden" name="_csrf" value={csrf} />
          <button
            type="submit"
            class="quiet"
            aria-label={`End the session of ${agent ?? 'a browser'} since ${ago(createdAt, now)}`}
          >
            End
          </button>
        </form>
      )}
    </li>
  );
}

function Digest({ digest, csrf }: { readonly digest: boolean; readonly csrf: string }) {
  return (
    <form method="post" action="/account/digest" class="panel" aria-labelledby="digest-title">
      <h2 id="digest-title">Morning digest</h2>
      <input type="hidden" name="_csrf" value={csrf} />
      <p>
        {digest
          ? 'On working days you have a mail that says how many drafts wait, and where. It has no headlines in it.'
          : 'You have no mail in the morning.'}
      </p>
      <button type="submit" name="digest" value={digest ? 'no' : 'yes'}>
        {digest ? 'Stop it' : 'Send it to me'}
      </button>
    </form>
  );
}
