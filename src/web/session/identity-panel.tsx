import { ago } from '../layout/when.js';
import type { TiedIdentity } from './identity-routes.js';
import { WayInRow } from './way-in-row.js';

export interface IdentityPanelProps {
  readonly label: string;
  readonly identities: readonly TiedIdentity[];
  readonly csrf: string;
  readonly now: Date;
}

/** What the sign-in service and one's own account have to do with each other. */
export function IdentityPanel({ label, identities, csrf, now }: IdentityPanelProps) {
  return (
    <section class="panel" aria-labelledby="identity-title">
      <h2 id="identity-title">Sign in with {label}</h2>
      {identities.length === 0 ? null : (
        <ul class="rows">
          {identities.map((identity) => (
            <IdentityRow key={identity.id} identity={identity} csrf={csrf} now={now} />
          ))}
        </ul>
      )}
      {identities.length > 0 ? null : (
        <form method="post" action="/account/identity" class="stack">
          <p>
            You sign in by your password. Tie your account to the other one, and you can sign in with {label} too,
            whatever your address is there.
          </p>
          <input type="hidden" name="_csrf" value={csrf} />
          <label>
            Your present password
            <input type="password" name="present" autocomplete="current-password" required maxLength={200} />
          </label>
          <button type="submit">Tie it to {label}</button>
        </form>
      )}
    </section>
  );
}

function IdentityRow({
  identity,
  csrf,
  now,
}: Pick<IdentityPanelProps, 'csrf' | 'now'> & { readonly identity: TiedIdentity }) {
  const { id, email, createdAt, lastUsedAt } = identity;
  const name = email ?? 'No mail address told';
  const used = lastUsedAt === null ? 'not used since' : `used ${ago(lastUsedAt, now)}`;
  return (
    <WayInRow name={name} told={`tied ${ago(createdAt, now)}, ${used}`} at={`/account/identity/${id}`} csrf={csrf} />
  );
}
