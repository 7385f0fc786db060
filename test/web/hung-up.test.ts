import { createServer, get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDesk, type Desk } from './desk.js';

let desk: Desk;
let server: Server;
const responses: ServerResponse[] = [];

beforeAll(async () => {
  desk = await openDesk();
  server = createServer((request, response) => {
    responses.push(response);
    if (responses.length === 1) request.socket.destroy();
    desk.app.routing(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.close();
  await desk.close();
});

async function ask(): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  return await new Promise((done) => {
    get(`http://127.0.0.1:${port}/newsfeed`, (answer) => done(answer.resume().statusCode)).on(
      'error',
      (error: NodeJS.ErrnoException) => done(error.code),
    );
  });
}

test('whoever hung up before the answer began is left alone, and the next is served', async () => {
  expect([await ask(), await ask()]).toEqual(['ECONNRESET', 200]);
  expect(responses.map(({ headersSent }) => headersSent)).toEqual([false, true]);
});
