/** Sections of the newsletter, in its order. HOUSE-STYLE section 7. */
export const SECTIONS = [
  'Legislation',
  'Good Practice Guidance',
  'Regulatory Bodies',
  'Online Safety',
  'Scams',
  'Inquiry, Review, Audit Reports and Responses',
  'Worthy of Note',
] as const;
export type Section = (typeof SECTIONS)[number];
