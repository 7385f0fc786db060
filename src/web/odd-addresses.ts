import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What may stand in an address in a header. */
const ODD = /[^\x21-\x7e]/gu;

/**
 * Writes what may not stand in a header as %xx wherever an answer leads on: an id with a line break in it is then just an address
 * of ours that names nothing. Node refuses to send such a header, from a place where nobody catches it.
 */
export function keepRedirectsPlain(app: FastifyInstance): void {
  app.addHook('onSend', (_, reply, __, done) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string') void reply.header('location', plainAddress(location));
    done();
  });
}

function plainAddress(location: string): string {
  return location.replace(ODD, (odd) =>
    /[\ud800-\udfff]/.test(odd) && odd.length === 1 ? '' : encodeURIComponent(odd),
  );
}

/** Answers addresses that reach no route at all: broken escapes, slots that are too long. No hook runs for those. */
export function refuseAddress(error: FastifyError, _: FastifyRequest, reply: FastifyReply): void {
  void reply
    .code(error.statusCode ?? 400)
    .headers({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .type('text/plain; charset=utf-8')
    .send('There is nothing at this address.\n');
}
