import { fieldsOf, line, text, type Fields } from '../fields.js';

const LONGEST_ROW = 20_000;
const PARTS = ['item', 'title', 'date', 'link'] as const;

/** The row that a form describes: the hidden one with the fields that a person may change. Empty fields are left out. */
export function rowOf(fields: Fields): Readonly<Record<string, unknown>> {
  const base = parsed(text(fields, 'row', LONGEST_ROW));
  const row: Record<string, unknown> = {
    ...base,
    id: line(fields, 'id', 60),
    name: line(fields, 'name', 120),
    class: line(fields, 'class', 40),
    url: line(fields, 'url', 2_000),
  };
  if (base['kind'] !== 'listing') return row;
  const select = PARTS.flatMap((part) => {
    const selector = line(fields, part);
    return selector === '' ? [] : [[part, selector] as const];
  });
  const format = line(fields, 'format', 20);
  const date = { ...fieldsOf(base['date']), format };
  row['select'] = Object.fromEntries(select);
  if (format === '') delete row['date'];
  else row['date'] = date;
  return row;
}

/** What the form carried; nothing where it was tampered with, and the check of the row says what is missing. */
function parsed(json: string): Fields {
  try {
    return fieldsOf(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError || json !== '') return {};
    throw error;
  }
}
