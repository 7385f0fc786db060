import type { FoundRow } from '../../model/desk.js';
import { DISPOSITIONS } from '../../model/item.js';
import { hasRole } from '../../model/role.js';
import type { LevelInForce, PhraseTrial, RuleInForce, RuledOut, RulesInForce } from '../../model/ruled.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { ago } from '../layout/when.js';

export interface FilteredProps {
  readonly frame: Frame;
  readonly rules: RulesInForce;
  readonly list: { readonly rows: readonly FoundRow[]; readonly total: number };
  /** `null`: no phrase was typed. */
  readonly trial: PhraseTrial | null;
  readonly shown: { readonly reason: string | null; readonly page: number; readonly pages: number };
  readonly now: Date;
}

/** What rules keep out: by which rule, of which level; and what a phrase would keep out before it is written down. */
export function FilteredPage(props: FilteredProps) {
  const { frame, rules, trial, now } = props;
  return (
    <DeskPage title="Kept out by rules" frame={frame} styles={['filtered.css']}>
      <div class="page-head">
        <p>
          <a href="/found">Everything found</a>
        </p>
        <h1>Kept out by rules</h1>
        <p class="lead">
          {count(rules.total, 'item is', 'items are')} held by rules of the operators. Nothing of it is lost: let
          through what should be read. A rule is changed in <code>sources.config.ts</code>.
        </p>
      </div>
      <section class="filtered" aria-labelledby="rules">
        <h2 id="rules">Rules in force</h2>
        {rules.levels.length === 0 ? (
          <p class="nothing">There are no rules: everything that is found is read.</p>
        ) : null}
        {rules.levels.map((level) => (
          <Level key={level.whose} level={level} now={now} />
        ))}
        <Past past={rules.past} now={now} />
      </section>
      <Try trial={trial} />
      <Held {...props} />
    </DeskPage>
  );
}

function Level({ level, now }: { readonly level: LevelInForce; readonly now: Date }) {
  return (
    <div class="rule-level">
      <h3>For {level.whose}</h3>
      {level.always ? <p>Everything is wanted, whatever other rules say.</p> : null}
      {level.rules.length === 0 ? null : (
        <ul class="rules">
          {level.rules.map((rule) => (
            <Rule key={rule.reason} rule={rule} now={now} />
          ))}
        </ul>
      )}
      {level.keep.length === 0 ? null : <p class="hint">Never kept out: {level.keep.map(quoted).join(', ')}.</p>}
    </div>
  );
}

function Rule({ rule, now }: { readonly rule: RuleInForce; readonly now: Date }) {
  return (
    <li>
      <span class="rule-words">
        {rule.kind === 'exclude' ? 'exclude ' : 'include only '}
        {rule.phrases.map(quoted).join(', ')}
      </span>
      <Holds rule={rule} now={now} />
    </li>
  );
}

function Holds({
  rule: { reason, held, lastAt },
  now,
}: {
  readonly rule: Omit<RuledOut, 'lastAt'> & { lastAt: Date | null };
  readonly now: Date;
}) {
  if (held === 0 || lastAt === null) return <span class="hint">holds nothing</span>;
  return (
    <span>
      <a href={addressOf(reason, 1)} aria-label={`${count(held, 'item', 'items')}: ${reason}`}>
        holds {count(held, 'item', 'items')}
      </a>
      , the newest found <time dateTime={lastAt.toISOString()}>{ago(lastAt, now)}</time>
    </span>
  );
}

function Past({ past, now }: { readonly past: readonly RuledOut[]; readonly now: Date }) {
  if (past.length === 0) return null;
  return (
    <div class="rule-level">
      <h3>Not in force any more</h3>
      <ul class="rules">
        {past.map((rule) => (
          <li key={rule.reason}>
            <span class="rule-words">{rule.reason}</span>
            <Holds rule={rule} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Looks before one writes: what a phrase would have held of what was found lately. */
function Try({ trial }: { readonly trial: PhraseTrial | null }) {
  return (
    <section class="filtered" aria-labelledby="try">
      <h2 id="try">Try a phrase</h2>
      <form class="filters" method="get" action="/filtered#try">
        <label class="grow">
          <span>Word or phrase, as a rule would have it</span>
          <input type="search" name="try" value={trial?.phrase ?? ''} maxLength={100} required />
        </label>
        <button type="submit">Try</button>
      </form>
      {trial === null ? null : (
        <>
          <p role="status">
            {quoted(trial.phrase)} stands in {trial.fits} of the newest {count(trial.looked, 'item', 'items')}. Of
            those, {trial.published} {trial.published === 1 ? 'was' : 'were'} published.
          </p>
          {trial.some.length === 0 ? null : (
            <ul>
              {trial.some.map((item, at) => (
                <li key={at}>
                  {item.draftId === null ? item.title : <a href={`/drafts/${item.draftId}`}>{item.title}</a>}{' '}
                  <span class="hint">
                    {item.sourceName}, {item.draftState ?? DISPOSITIONS[item.disposition]}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function Held({ frame, list, shown, now }: FilteredProps) {
  const { reason, page, pages } = shown;
  return (
    <section class="filtered" aria-labelledby="held">
      <h2 id="held">{reason === null ? 'What is held' : 'What this rule holds'}</h2>
      {reason === null ? null : (
        <p>
          {reason} <a href="/filtered#held">Show what all rules hold</a>
        </p>
      )}
      {reason !== null && list.total > 0 && hasRole(frame.person.role, 'operator') ? (
        <form method="post" action="/filtered/release">
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="rule" value={reason} />
          <button type="submit">Let {list.total === 1 ? 'it' : `all ${Math.min(list.total, 100)}`} through</button>
        </form>
      ) : null}
      {list.rows.length === 0 ? <p class="nothing">Nothing is held.</p> : null}
      <ol class="found">
        {list.rows.map((row) => (
          <Row key={row.id} row={row} now={now} csrf={frame.csrf} back={addressOf(reason, page)} />
        ))}
      </ol>
      {pages === 1 ? null : (
        <nav class="pages" aria-label="Pages of the list">
          {page > 1 ? <a href={addressOf(reason, page - 1)}>Newer</a> : null}
          <span>
            Page {page} of {pages}
          </span>
          {page < pages ? <a href={addressOf(reason, page + 1)}>Older</a> : null}
        </nav>
      )}
    </section>
  );
}

function Row({
  row,
  now,
  csrf,
  back,
}: {
  readonly row: FoundRow;
  readonly now: Date;
  readonly csrf: string;
  readonly back: string;
}) {
  return (
    <li class="found-row in-held">
      <p class="entry-source">
        <span class="source-name">{row.sourceName}</span>
        <time dateTime={row.foundAt.toISOString()}>{ago(row.foundAt, now)}</time>
      </p>
      <h3>
        <Outside href={row.url}>{row.title}</Outside>
      </h3>
      <p class="entry-facts">{row.reason}</p>
      <form method="post" action={`/found/${row.id}/release`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="back" value={back} />
        <button type="submit" class="quiet" aria-label={`Let “${row.title}” through`}>
          Let through
        </button>
      </form>
    </li>
  );
}

/** The page with what one rule holds, or all. */
export function addressOf(reason: string | null, page: number): string {
  const query = new URLSearchParams();
  if (reason !== null) query.set('rule', reason);
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? '/filtered' : `/filtered?${query.toString()}#held`;
}

function quoted(phrase: string): string {
  return `“${phrase}”`;
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
