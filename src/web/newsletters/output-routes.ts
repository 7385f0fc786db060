import type { FastifyInstance } from 'fastify';
import { hasRole } from '../../model/role.js';
import { newsletterMail, type NewsletterSite } from '../../outputs/newsletter/mail.js';
import { newsletterPage } from '../../outputs/newsletter/page.js';
import { newsletterText } from '../../outputs/newsletter/plain.js';
import { assetUrl } from '../assets/asset-url.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { openIssue } from './open-issue.js';
import { OutputPage } from './output-page.js';
import { EDITOR, type NewsletterContext, type OfIssue } from './ports.js';

const HTML = 'text/html; charset=utf-8';
/** The mail in its frame: its own inlined styles and nothing else. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The issue as it goes out, for editors; and its public page, once an editor has said that it is sent. */
export function outputRoutes(app: FastifyInstance, context: NewsletterContext): void {
  const { publicUrl } = context;
  const mailSite: NewsletterSite = { publicUrl, title: context.site.title };
  app.get<OfIssue>('/newsletters/:slug/output', { config: EDITOR }, async (request, reply) => {
    const open = await openIssue(context, request.params.slug);
    if (open === undefined) return reply.callNotFound();
    const frame = await openFrame(request, reply, context.notices);
    return sendPage(reply, OutputPage({ ...open, frame, site: mailSite }));
  });
  app.get<OfIssue>('/newsletters/:slug/mail', { config: EDITOR }, async (request, reply) => {
    const open = await openIssue(context, request.params.slug);
    if (open === undefined) return reply.callNotFound();
    return await reply
      .header('content-security-policy', MAIL_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('cache-control', 'private, no-store')
      .type(HTML)
      .send(newsletterMail(open.issue, mailSite));
  });
  for (const form of ['html', 'txt'] as const) {
    app.get<OfIssue>(`/newsletters/:slug/download.${form}`, { config: EDITOR }, async (request, reply) => {
      const open = await openIssue(context, request.params.slug);
      if (open === undefined) return reply.callNotFound();
      const write = form === 'html' ? newsletterMail : newsletterText;
      return await reply
        .header('content-security-policy', MAIL_POLICY)
        .header('content-disposition', `attachment; filename="${open.record.slug}.${form}"`)
        .header('cache-control', 'private, no-store')
        .type(form === 'html' ? HTML : 'text/plain; charset=utf-8')
        .send(write(open.issue, mailSite));
    });
  }
  app.get<OfIssue>('/newsletters/:slug', { config: { role: 'public' } }, async (request, reply) => {
    const open = await openIssue(context, request.params.slug);
    const isEditor = request.person !== null && hasRole(request.person.role, 'editor');
    if (open === undefined || (open.record.state !== 'sent' && !isEditor)) return reply.callNotFound();
    const site = {
      ...context.site,
      publicUrl,
      stylesheets: [assetUrl('newsfeed.css')],
      icon: assetUrl('icon.svg'),
    };
    return await reply
      .header('cache-control', open.record.state === 'sent' && !isEditor ? 'public, max-age=60' : 'private, no-store')
      .type(HTML)
      .send(newsletterPage(site, open.issue, open.withdrawn));
  });
}
