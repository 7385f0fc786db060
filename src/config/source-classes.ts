import type { SourceClass } from '../model/source.js';

export const CLASSES = {
  government: true,
  regulator: true,
  policing: true,
  judiciary: true,
  parliament: true,
  agency: true,
  commissioner: true,
  'statutory-body': true,
  charity: true,
  church: true,
  'local-partnership': true,
  'crown-dependency': true,
  devolved: true,
  register: true,
  press: true,
  search: true,
  'own-site': true,
} as const satisfies Record<SourceClass, true>;
/** Every class of source, in the order of the documentation. */
export const SOURCE_CLASSES = Object.keys(CLASSES) as readonly SourceClass[];
