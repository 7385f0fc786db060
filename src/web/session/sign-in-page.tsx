import type { ComponentChildren } from 'preact';
import { Shell } from '../layout/shell.js';

/** The small pages for people who are not signed in yet. */
function Door({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <Shell title={title} bodyClass="door">
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
}

export function SignInPage({ csrf, next, email, fault }: SignInProps) {
  return (
    <Door title="Sign in">
      <Fault text={fault} />
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
      <p class="hint">Forgotten your password, or new here? Ask an admin of the desk for a sign-in link.</p>
    </Door>
  );
}

export interface WelcomeProps {
  readonly csrf: string;
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly fault: string | null;
}

export function WelcomePage({ csrf, token, email, name, fault }: WelcomeProps) {
  return (
    <Door title={`Welcome, ${name}`}>
      <p>Choose a password. This link works once.</p>
      <Fault text={fault} />
      <form method="post" action={`/welcome/${token}`} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <label>
          Your name, as the Source line of posts prints it
          <input type="text" name="name" autocomplete="name" required maxLength={100} value={name} />
        </label>
        <label>
          Email, to sign in with
          <input type="email" name="email" autocomplete="username" required maxLength={254} value={email} />
        </label>
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
