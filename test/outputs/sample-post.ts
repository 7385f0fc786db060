import type { NewsfeedSite } from '../../src/outputs/newsfeed/site.js';
import type { Post } from '../../src/model/post.js';

export const SITE: NewsfeedSite = {
  title: 'Harbour Newsfeed',
  description: 'News of safeguarding.',
  publicUrl: 'https://news.harbour.example',
  stylesheets: ['/assets/newsfeed.css'],
};

export function samplePost(more: Partial<Post> = {}): Post {
  return {
    id: '7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11',
    slug: 'lifeboat-day',
    headline: 'Lifeboat day moves to June',
    bodyHtml: '<p>The lifeboat day moves.</p><h2>Why</h2><p>The tide is <strong>late</strong>.</p>',
    sourceName: 'Harbour Trust',
    editorName: 'Ada Field',
    originalUrl: 'https://harbour-trust.example/lifeboat',
    publishedAt: new Date('2026-06-30T23:30:00Z'),
    changedAt: new Date('2026-07-02T08:00:00Z'),
    ...more,
  };
}
