const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The id as it may stand in a query: what is no uuid becomes one that names nothing, rather than an error of the database. */
export function uuid(id: string): string {
  return UUID.test(id) ? id : NOBODY;
}
