/** Migrates the database named on the command line and prints what it applied: run by migrate.test.ts, several at once. */
import { migrate } from '../../src/store/migrate.js';

process.stdout.write(JSON.stringify(await migrate(process.argv[2] ?? '')));
