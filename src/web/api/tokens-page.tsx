import { hasRole, ROLES, type Role } from '../../model/role.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { ago, moment } from '../layout/when.js';
import type { TokenRow } from './token-routes.js';

const MAY: Readonly<Record<Role, string>> = {
  editor: 'Editor: drafts, and what was found',
  operator: 'Operator: that, and the sources',
  admin: 'Admin: everything',
};

export interface TokensProps {
  readonly frame: Frame;
  readonly tokens: readonly TokenRow[];
  /** Just made: shown here and never again. */
  readonly made: { readonly name: string; readonly token: string } | null;
  readonly now: Date;
}

export function TokensPage({ frame, tokens, made, now }: TokensProps) {
  return (
    <DeskPage title="Tokens" frame={frame}>
      <div class="page-head">
        <h1>Tokens for programs</h1>
        <p class="lead">
          A program that holds a token acts for you at the <a href="/api/v1/openapi.json">API</a>, under your name.
        </p>
      </div>
      {made === null ? null : (
        <section class="told stack" role="status" aria-labelledby="made-title">
          <h2 id="made-title">The token “{made.name}”</h2>
          <p>Copy it now: it is not kept, and not shown again.</p>
          <label>
            <span class="visually-hidden">The token</span>
            <input type="text" readOnly value={made.token} data-select />
          </label>
        </section>
      )}
      <section class="panel stack" aria-labelledby="yours-title">
        <h2 id="yours-title">Yours</h2>
        {tokens.length === 0 ? <p>You have none.</p> : null}
        <ul class="people">
          {tokens.map((token) => (
            <TokenCard key={token.id} token={token} frame={frame} now={now} />
          ))}
        </ul>
      </section>
      <NewToken frame={frame} />
    </DeskPage>
  );
}

function TokenCard({ token, frame, now }: { readonly token: TokenRow; readonly frame: Frame; readonly now: Date }) {
  const used = token.lastUsedAt === null ? 'never used' : `used ${ago(token.lastUsedAt, now)}`;
  return (
    <li class="person">
      <div>
        <h3>{token.name}</h3>
        <p>
          As {token.role}, until {moment(token.expiresAt)}, {used}
        </p>
      </div>
      <form method="post" action={`/account/tokens/${token.id}/revoke`}>
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <button type="submit">
          Revoke <span class="visually-hidden">{token.name}</span>
        </button>
      </form>
    </li>
  );
}

function NewToken({ frame }: { readonly frame: Frame }) {
  return (
    <form method="post" action="/account/tokens" class="panel stack" aria-labelledby="new-title">
      <h2 id="new-title">A new one</h2>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <label>
        What it is for
        <input type="text" name="name" required maxLength={100} />
      </label>
      <label>
        What it may do
        <select name="role">
          {ROLES.filter((role) => hasRole(frame.person.role, role)).map((role) => (
            <option key={role} value={role}>
              {MAY[role]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Days until it ends by itself, at most 365
        <input type="number" name="days" min={1} max={365} value={90} required />
      </label>
      <button type="submit">Make it</button>
      <p>
        It ends at once when your account is closed, and never may more than you. A new password does not end it: revoke
        it here.
      </p>
    </form>
  );
}
