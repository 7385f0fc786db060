import type { ComponentChildren } from 'preact';

interface WayInRowProps {
  readonly name: string;
  /** When it came and was used last. */
  readonly told: string;
  /** Its own address under the account, such as `/account/passkeys/<id>`. */
  readonly at: string;
  readonly csrf: string;
  /** What else can be done with it. */
  readonly children?: ComponentChildren;
}

/** One way into the account beside the password, with the button that takes it away. */
export function WayInRow({ name, told, at, csrf, children }: WayInRowProps) {
  return (
    <li>
      <span>
        <strong>{name}</strong> <span class="hint">{told}</span>
      </span>
      {children}
      <form method="post" action={`${at}/remove`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <button type="submit" class="quiet" aria-label={`Remove ${name}`}>
          Remove
        </button>
      </form>
    </li>
  );
}
