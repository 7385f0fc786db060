import { Failure } from '../model/failure.js';

/** The JSON of a file. @throws {Failure} config.invalid, naming the file, when it is not there or is no JSON object */
export async function readJsonFile(path: string, read: (path: string) => Promise<string>): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse(await read(path));
  } catch (cause) {
    throw new Failure(
      'config.invalid',
      `${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Failure('config.invalid', `${path}: expected a JSON object`);
}
