import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';

/** Sends a whole page. Text is escaped by the renderer; HTML goes in only through `Html`. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>\n${render(page)}`);
}

/** Sends a part of a page, for the client code to put in its place. */
export function sendPart(reply: FastifyReply, part: VNode): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(render(part));
}
