import { fieldsOf } from '../fields.js';
import type { Frame } from '../layout/frame.js';

const FORMATS = ['d-month-y', 'd/m/y', 'd.m.y', 'd-m-y', 'y-m-d', 'month-y', 'y', 'rfc822', 'time-d-month-y', 'any-uk'];
const PARTS: readonly (readonly [string, string])[] = [
  ['item', 'Selector of one entry'],
  ['title', 'Its title (default: heading or link)'],
  ['date', 'Its date (default: what is marked as one)'],
  ['link', 'Its link (default: the first with text)'],
];

interface RowFormProps {
  readonly frame: Frame;
  readonly classes: readonly string[];
  readonly row: Readonly<Record<string, unknown>>;
}

/** A row to be changed by hand; sending it shows what it then gives. */
export function RowForm({ frame, classes, row }: RowFormProps) {
  const listing = row['kind'] === 'listing';
  return (
    <form method="post" action="/sources/new/row" class="panel stack" aria-labelledby="change">
      <h2 id="change">Change it, and see what it gives</h2>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="row" value={JSON.stringify(row)} />
      <Field name="name" label="Name, exactly as the Source line prints it" value={wordOf(row['name'])} required />
      <label>
        Class
        <select name="class" required>
          <option value="">Choose one</option>
          {classes.map((one) => (
            <option key={one} value={one} selected={one === row['class']}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <Field
        name="id"
        label="Id: short, lower case, with hyphens; it never changes"
        value={wordOf(row['id'])}
        required
      />
      <Field name="url" label="Address that is polled" value={wordOf(row['url'])} required />
      {listing ? <ListingFields row={row} /> : null}
      <button type="submit" class="primary">
        Show what it gives
      </button>
    </form>
  );
}

function ListingFields({ row }: { readonly row: Readonly<Record<string, unknown>> }) {
  const select = fieldsOf(row['select']);
  const format = fieldsOf(row['date'])['format'];
  return (
    <>
      {PARTS.map(([name, label]) => (
        <Field key={name} name={name} label={label} value={wordOf(select[name])} required={name === 'item'} />
      ))}
      <label>
        How dates are printed
        <select name="format">
          <option value="">as marked</option>
          {FORMATS.map((one) => (
            <option key={one} value={one} selected={one === format}>
              {one}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
}

function Field({ name, label, value, required = false }: FieldProps) {
  return (
    <label>
      {label}
      <input type="text" name={name} value={value} required={required} autocomplete="off" spellcheck={false} />
    </label>
  );
}

/** The marks of a row that is not complete yet are no answer. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && value !== '?' && value !== 'proposed' ? value : '';
}
