import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFiles } from '../../src/cli/extract.js';
import { PARAGRAPHS, pageWith } from '../extract/page.js';

describe('newsdesk extract', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'extract-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('prints one line a file, in order, by the contract; a file that cannot be read costs no other', async () => {
    const page = join(folder, 'page.html');
    const broken = join(folder, 'broken.html');
    writeFileSync(
      page,
      pageWith(
        `<h1>Annual report</h1>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}<p><a href="/a.pdf">The report</a></p>`,
      ),
    );
    writeFileSync(broken, '  ');
    const lines: string[] = [];
    const status = await extractFiles(
      [broken, page, join(folder, 'none.html')],
      new Map([[page, 'https://www.council.example/2024/05/03/report']]),
      (line) => lines.push(line),
    );
    expect(status).toBe(1);
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    const [first, second, third] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toEqual({
      file: broken,
      ok: false,
      error: { code: 'source.empty', message: expect.any(String) as unknown },
    });
    expect(second).toMatchObject({
      file: page,
      ok: true,
      title: 'Annual report',
      published: { value: '2024-05-03', precision: 'day', evidence: 'url' },
      documents: [{ url: 'https://www.council.example/a.pdf', text: 'The report' }],
    });
    expect(third).toMatchObject({ ok: false, error: { code: 'internal' } });
  }, 60_000);
});
