import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { openStore, type Store } from '../src/store/connect.js';
import { PORT_VARIABLE, TEMPLATE } from './embedded-server.js';

export interface TestDatabase {
  readonly url: string;
  readonly store: Store;
  /** Closes the store and drops the database, whoever else is connected. */
  close(): Promise<void>;
}

/** A fresh, migrated database of its own on the embedded PostgreSQL of this run of Jest. Close it when done. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const { url, close: drop } = await create(TEMPLATE);
  const store = await openStore({ url });
  const close = async (): Promise<void> => {
    await store.close();
    await drop();
  };
  return { url, store, close };
}

/** A database with nothing in it, not even our tables. */
export async function blankDatabase(): Promise<Omit<TestDatabase, 'store'>> {
  return await create('template0');
}

async function create(template: string): Promise<Omit<TestDatabase, 'store'>> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await atServer(server, `create database ${name} template ${template} strategy file_copy`);
  const close = async (): Promise<void> => {
    await atServer(server, `drop database if exists ${name} with (force)`);
  };
  return { url: server.replace(/\/[^/]*$/, `/${name}`), close };
}

async function serverUrl(): Promise<string> {
  const socket = connect(Number(process.env[PORT_VARIABLE]), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  const answer = JSON.parse(text) as { url?: string; error?: string };
  if (answer.url === undefined) throw new Error(`No test database: ${answer.error ?? 'no answer'}`);
  return answer.url;
}

async function atServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
