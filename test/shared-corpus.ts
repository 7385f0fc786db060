import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../shared');

/** The team's shared captures and truths, beside the project; `null` where this checkout stands alone. */
export const SHARED: string | null = existsSync(FOLDER) ? FOLDER : null;

/** For tests that read the shared captures: skipped only where that folder does not exist. */
export const describeShared = SHARED === null ? describe.skip : describe;
