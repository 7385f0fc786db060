import { accountOf, type Account } from '../../model/account.js';
import type { Disposition } from '../../model/item.js';

const PARTS: readonly (readonly [keyof Account, string])[] = [
  ['drafted', 'drafted'],
  ['joined', 'joined'],
  ['held', 'held'],
  ['failed', 'failed'],
  ['waiting', 'waiting'],
];

/** `12 found: 5 drafted, 1 joined, 4 held, 0 failed, 2 waiting`. The parts add up to the whole. */
export function accountWords(counts: Readonly<Record<Disposition, number>>): string {
  const account = accountOf(counts);
  if (account.found === 0) return 'Nothing found yet';
  return `${account.found} found: ${PARTS.map(([part, word]) => `${account[part]} ${word}`).join(', ')}`;
}

/** Everything ever found, as a sum that can be checked by eye. */
export function AccountLine({ counts }: { readonly counts: Readonly<Record<Disposition, number>> }) {
  const account = accountOf(counts);
  return (
    <dl class="account-sum">
      <div class="sum-whole">
        <dt>found</dt>
        <dd>{account.found}</dd>
      </div>
      {PARTS.map(([part, word], at) => (
        <div key={part}>
          <dt>{word}</dt>
          <dd>
            <span aria-hidden="true" class="sum-sign">
              {at === 0 ? '=' : '+'}
            </span>
            {account[part]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
