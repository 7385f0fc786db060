/** Where a sent issue stands, below the public address. */
export function newsletterPath({ slug }: { readonly slug: string }): string {
  return `/newsletters/${slug}`;
}

/** How the letter begins. Rule: HOUSE-STYLE section 7. */
export const GREETING = 'Dear Colleague';
