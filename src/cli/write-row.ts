import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withRow } from '../config/config-places.js';
import { loadSources } from '../config/load-sources.js';
import { rowText } from '../config/row-text.js';
import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';

/**
 * Puts a row at the end of the list in the configuration; everything else in the file stays as it is. The new text is loaded before it
 * takes the place of the old, at one stroke: on any failure nothing was changed. Gives the line of the row.
 * @throws {Failure} config.invalid: the row makes a mistake, is there already, or the file cannot be written
 */
export async function writeRow(path: string, source: Source, comment: string): Promise<number> {
  const file = await realpath(path);
  const before = await readFile(file, 'utf8');
  const { text, line } = withRow(before, rowText(source, comment));
  const draft = join(dirname(file), `.${basename(file, '.ts')}.${process.pid}.ts`);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await chmod(draft, (await stat(file)).mode);
    await loadSources(draft);
    if ((await readFile(file, 'utf8')) !== before) {
      throw new Failure(
        'config.invalid',
        `${path} was changed by somebody else meanwhile: nothing was written. Try again`,
      );
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EBUSY') {
      throw new Failure(
        'config.invalid',
        `${path} cannot be written here (${code}): paste the row by hand`,
        {},
        { cause: error },
      );
    }
    throw error;
  }
  return line;
}
