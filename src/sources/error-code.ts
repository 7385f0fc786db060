/** The code of an error that the platform throws (`ERR_INVALID_URL`), whatever realm it comes from; '' when it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
