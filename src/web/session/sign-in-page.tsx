import type { ComponentChildren } from 'preact';
import { Shell } from '../layout/shell.js';

interface DoorProps {
  readonly title: string;
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

/** The small pages for people who are not signed in yet. */
function Door({ title, scripts = [], children }: DoorProps) {
  return (
    <Shell title={title} bodyClass="door" scripts={scripts} styles={['people.css']}>
      <main id="content" class="door-card">
        <p class="wordmark">
          <span aria-hidden="true" class="wordmark-sign" />
          Newsdesk
        </p>
        <h1>{title}</h1>
        {children}
      </main>
    </Shell>
  );
}

function Fault({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p class="fault" role="alert" id="fault">
      {text}
    </p>
  );
}

export interface SignInProps {
  readonly csrf: string;
  readonly next: string;
  readonly email?: string;
  readonly fault: string | null;
  /** Whether a link for a new password can be mailed. */
  readonly mail: boolean;
  /** Whether passkeys work at this address. */
  readonly passkeys: boolean;
  /** What the sign-in service is called; `null`: there is none. */
  readonly identity: string | null;
  /** They have just left, and the service still knows them; where they leave that too, if it is known. */
  readonly left: { readonly url: string | null } | null;
}

export function SignInPage({ csrf, next, email, fault, mail, passkeys, identity, left }: SignInProps) {
  return (
    <Door title="Sign in" scripts={passkeys ? ['passkeys.js'] : []}>
      <Fault text={fault} />
      {left === null || identity === null ? null : (
        <p role="status">
          You are signed out of the newsdesk, and still signed in with {identity}. On a computer that others use,{' '}
          {left.url === null ? 'sign out there too' : <a href={left.url}>sign out there too</a>}.
        </p>
      )}
      {identity === null ? null : <IdentityDoor csrf={csrf} next={next} label={identity} />}
      <form method="post" action="/sign-in" class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="next" value={next} />
        <label>
          Email
          <input type="email" name="email" autocomplete="username" required value={email} maxLength={254} />
        </label>
        <label>
          Password
          <input type="password" name="password" autocomplete="current-password" required maxLength={200} />
        </label>
        <button type="submit" class="primary">
          Sign in
        </button>
      </form>
      {passkeys ? (
        <form method="post" action="/sign-in" class="stack passkey-door" data-passkey="sign-in" hidden>
          <input type="hidden" name="_csrf" value={csrf} />
          <input type="hidden" name="next" value={next} />
          <p class="fault" role="alert" hidden />
          <button type="submit">Sign in with a passkey</button>
        </form>
      ) : null}
      {mail ? (
        <p class="hint">
          <a href="/forgotten">Forgotten your password?</a> New here? Ask an admin of the desk to invite you.
        </p>
      ) : (
        <p class="hint">Forgotten your password, or new here? Ask an admin of the desk for a sign-in link.</p>
      )}
    </Door>
  );
}

function IdentityDoor({ csrf, next, label }: { readonly csrf: string; readonly next: string; readonly label: string }) {
  return (
    <form method="post" action="/sign-in/identity" class="stack identity-door">
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="next" value={next} />
      <button type="submit">Sign in with {label}</button>
    </form>
  );
}

/** Between us and the sign-in service: it goes on by itself. */
export function GoOnPage({ label, url }: { readonly label: string; readonly url: string }) {
  return (
    <Door title={`Sign in with ${label}`}>
      <p>You are taken there now.</p>
      <p>
        <a href={url}>Go on, if nothing happens</a>
      </p>
      <p class="hint">
        <a href="/sign-in">Back to signing in</a>
      </p>
    </Door>
  );
}

export interface ForgottenProps {
  readonly csrf: string;
  readonly mail: boolean;
  readonly asked: boolean;
}

/** The same words for an address that is on the list and one that is not. */
export function ForgottenPage({ csrf, mail, asked }: ForgottenProps) {
  const back = (
    <p class="hint">
      <a href="/sign-in">Back to signing in</a>
    </p>
  );
  if (!mail || asked) {
    return (
      <Door title={asked && mail ? 'Look into your mail' : 'A new password'}>
        {mail ? (
          <p role="status">
            If this address is on the list, a link to choose a new password is on its way to it. It works once, within
            an hour.
          </p>
        ) : (
          <p>This desk sends no mail. Ask one of its admins for a sign-in link.</p>
        )}
        {back}
      </Door>
    );
  }
  return (
    <Door title="A new password">
      <p>Give your address: we mail you a link.</p>
      <form method="post" action="/forgotten" class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <label>
          Email
          <input type="email" name="email" autocomplete="username" required maxLength={254} />
        </label>
        <button type="submit" class="primary">
          Mail me a link
        </button>
      </form>
      {back}
    </Door>
  );
}

export interface WelcomeProps {
  readonly csrf: string;
  readonly token: string;
  readonly email: string;
  readonly name: string;
  /** `null` for a new person, who may still mend name and address. */
  readonly passwordHash: string | null;
  readonly fault: string | null;
}

export function WelcomePage({ csrf, token, email, name, passwordHash, fault }: WelcomeProps) {
  return (
    <Door title={passwordHash === null ? `Welcome, ${name}` : 'Choose a new password'}>
      <p>{passwordHash === null ? 'Choose a password.' : `For ${email}.`} This link works once.</p>
      <Fault text={fault} />
      <form method="post" action={`/welcome/${token}`} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        {passwordHash === null ? <NameAndAddress email={email} name={name} /> : null}
        <label>
          New password
          <span class="hint" id="rule">
            At least 12 characters. Three or four words in a row are good.
          </span>
          <input
            type="password"
            name="password"
            autocomplete="new-password"
            required
            minLength={12}
            maxLength={200}
            aria-describedby="rule"
          />
        </label>
        <label>
          The same once more
          <input type="password" name="again" autocomplete="new-password" required maxLength={200} />
        </label>
        <button type="submit" class="primary">
          Save and sign in
        </button>
      </form>
    </Door>
  );
}

function NameAndAddress({ email, name }: Pick<WelcomeProps, 'email' | 'name'>) {
  return (
    <>
      <label>
        Your name, as the Source line of posts prints it
        <input type="text" name="name" autocomplete="name" required maxLength={100} value={name} />
      </label>
      <label>
        Email, to sign in with
        <input type="email" name="email" autocomplete="username" required maxLength={254} value={email} />
      </label>
    </>
  );
}

/** A link that is used up, has expired, or never was one: the three look the same. */
export function DeadLinkPage() {
  return (
    <Door title="This link does not work">
      <p>A sign-in link works once, and only for some days. Ask an admin of the desk for a new one.</p>
      <p>
        <a href="/sign-in">Sign in with your password</a>
      </p>
    </Door>
  );
}
