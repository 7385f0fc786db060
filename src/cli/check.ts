import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkDraft } from '../checks/check-draft.js';
import type { DraftToCheck } from '../checks/read-draft.js';
import { readJsonFile } from './json-file.js';
import { writeOut } from './ndjson.js';

/** `newsdesk check FILE…`: draft and capture JSON in, one line of findings a file out. Exit status 1 where there is one. */
export function define(command: Command): void {
  command
    .argument('<files...>', 'drafts as JSON: headline, bodyHtml, sourceName, editorName, sourceDate, captureText')
    .option('--publish-on <time>', 'the time of publishing, ISO 8601; default: now')
    .action(async (files: string[], options: { publishOn?: string }) => {
      const publishOn = options.publishOn === undefined ? new Date() : new Date(options.publishOn);
      for (const file of files) {
        const given = (await readJsonFile(file, async (path) => await readFile(path, 'utf8'))) as Partial<DraftToCheck>;
        const findings = checkDraft({ ...NOTHING, ...given, publishOn });
        if (findings.length > 0) process.exitCode = 1;
        await writeOut(`${JSON.stringify({ file, findings })}\n`);
      }
    });
}

const NOTHING: Omit<DraftToCheck, 'publishOn'> = {
  headline: '',
  bodyHtml: '',
  sourceName: '',
  editorName: '',
  sourceDate: null,
  slugTaken: false,
  captureText: '',
};
