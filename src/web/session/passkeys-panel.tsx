import { ago } from '../layout/when.js';
import { WayInRow } from './way-in-row.js';

export interface ShownPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface PasskeysProps {
  readonly passkeys: readonly ShownPasskey[];
  readonly csrf: string;
  readonly now: Date;
}

/** The passkeys of one's own account. Adding one needs JavaScript: only so can a browser be asked. */
export function PasskeysPanel({ passkeys, csrf, now }: PasskeysProps) {
  return (
    <section class="panel" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">Passkeys</h2>
      <p>
        A passkey signs you in by the finger, face or PIN of a device, without a password. Nobody can be tricked into
        giving it away.
      </p>
      {passkeys.length === 0 ? null : (
        <ul class="rows">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} csrf={csrf} now={now} />
          ))}
        </ul>
      )}
      <form method="post" action="/account" class="stack" data-passkey="add" aria-label="Add a passkey" hidden>
        <input type="hidden" name="_csrf" value={csrf} />
        <p class="fault" role="alert" hidden />
        <label>
          What to call it
          <input type="text" name="name" maxLength={60} placeholder="Office laptop" autocomplete="off" />
        </label>
        <label>
          Your present password
          <input type="password" name="present" autocomplete="current-password" required maxLength={200} />
        </label>
        <button type="submit">Add a passkey</button>
      </form>
      <noscript>
        <p class="hint">To add one, JavaScript must be on.</p>
      </noscript>
    </section>
  );
}

function PasskeyRow({ passkey, csrf, now }: { readonly passkey: ShownPasskey } & Omit<PasskeysProps, 'passkeys'>) {
  const { id, name, createdAt, lastUsedAt } = passkey;
  const used = lastUsedAt === null ? 'never used' : `used ${ago(lastUsedAt, now)}`;
  const at = `/account/passkeys/${id}`;
  return (
    <WayInRow name={name} told={`added ${ago(createdAt, now)}, ${used}`} at={at} csrf={csrf}>
      <form method="post" action={`${at}/name`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <label>
          <span class="visually-hidden">New name of {name}</span>
          <input type="text" name="name" required maxLength={60} value={name} />
        </label>
        <button type="submit" class="quiet" aria-label={`Rename ${name}`}>
          Rename
        </button>
      </form>
    </WayInRow>
  );
}
