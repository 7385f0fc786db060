import type { Command } from 'commander';
import { SOURCE_CLASSES } from '../config/source-classes.js';

export interface AddOptions {
  readonly id?: string;
  readonly name?: string;
  readonly class?: string;
  readonly choose?: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
  /** `false`: --no-fixture. */
  readonly fixture: boolean;
  readonly fixtures: string;
}

/** `newsdesk sources add <url>`: looks at a site, proposes the row that reads it best, and writes it with its first fixture. */
export function defineAdd(command: Command): void {
  command
    .command('add')
    .description(
      'Look at a site, show what each way of reading it would give, and write the row of the best with its first fixture',
    )
    .argument('<url>', 'the page that lists the news, or the front page of the site')
    .option('--name <name>', 'exactly as the Source line prints it; default: what the site calls itself')
    .option('--class <class>', `${SOURCE_CLASSES.join(', ')}; where the host tells it, that is proposed`)
    .option('--id <id>', 'default: made of the name')
    .option('--choose <number>', 'which of the ways shown; default: the first')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'only show; nothing is written')
    .option('--no-fixture', 'write the row only')
    .option('--fixtures <folder>', 'where the fixture goes', 'fixtures')
    .option('--json', 'one line of JSON: what was found, and what was written')
    .action(async (url: string, options: AddOptions) => {
      const { addSource } = await import('./add-source.js');
      await addSource(url, options);
    });
}
