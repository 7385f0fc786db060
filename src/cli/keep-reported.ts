import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportedPage } from '../store/extraction-reports.js';

/**
 * Keeps a reported page as a case for a test: the page, where it came from, and the article as it was read, to be mended by hand into
 * what is expected. Gives the paths written.
 */
export async function keepReported(folder: string, page: ReportedPage): Promise<string[]> {
  const place = join(folder, page.sourceId, `wrong-extraction-${page.id}`);
  await mkdir(place, { recursive: true });
  const files: [string, string | Uint8Array][] = [
    [
      'note.json',
      `${JSON.stringify({ url: page.url, headers: page.headers, note: page.note, by: page.by, at: page.at }, null, 2)}\n`,
    ],
    ['article.json', `${JSON.stringify(page.article, null, 2)}\n`],
    ...(page.bytes === null
      ? []
      : ([[`page.${endingOf(page.headers['content-type'])}`, page.bytes]] as [string, Uint8Array][])),
  ];
  const written: string[] = [];
  for (const [name, content] of files) {
    const path = join(place, name);
    await writeFile(path, content);
    written.push(path);
  }
  return written;
}

function endingOf(contentType: string | undefined): string {
  if (/pdf/i.test(contentType ?? '')) return 'pdf';
  return /json/i.test(contentType ?? '') ? 'json' : 'html';
}
