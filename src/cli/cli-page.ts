import { Command } from 'commander';
import { COMMANDS } from './main.js';

/** The whole of docs/cli.md: every command with its arguments, options and subcommands, read from the commands themselves. */
export async function cliPage(): Promise<string> {
  const parts: string[] = [];
  for (const [name, row] of Object.entries(COMMANDS)) {
    const command = new Command('newsdesk').command(name).description(row.about);
    (await row.load()).define(command);
    parts.push(...sectionOf(command, `newsdesk ${name}`, 2));
  }
  return [
    '# Commands',
    '',
    'Run them as `npm run -s newsdesk -- <command> …`, or as `npx newsdesk <command> …`. This page is made from the commands',
    'themselves by `npm run cli-doc`.',
    '',
    'Exit status: 0 done · 1 there is a finding · 2 wrong use or a mistake in the configuration · 3 something outside failed.',
    'Errors are one line on standard error: what, where, and what to do.',
    '',
    ...parts,
  ].join('\n');
}

function sectionOf(command: Command, name: string, level: number): string[] {
  const words = command.registeredArguments.map((one) => {
    const shown = `${one.name()}${one.variadic ? '…' : ''}`;
    return one.required ? ` <${shown}>` : ` [${shown}]`;
  });
  const parts = [`${'#'.repeat(level)} \`${name}${words.join('')}\``, '', sentence(command.description()), ''];
  const rows = [
    ...command.registeredArguments.map((one) => row(one.name(), one.description)),
    ...command.options.map((one) => row(one.flags, `${one.description}${shownDefault(one.defaultValue)}`)),
  ];
  if (rows.length > 0) parts.push('| | |', '|---|---|', ...rows, '');
  return [...parts, ...command.commands.flatMap((one) => sectionOf(one, `${name} ${one.name()}`, level + 1))];
}

function row(name: string, about: string): string {
  return `| \`${name.replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')} |`;
}

function shownDefault(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? ` (default: \`${value}\`)` : '';
}

function sentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}
