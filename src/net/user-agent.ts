import { Failure } from '../model/failure.js';
import { PRODUCT } from './robots.js';

/** Contact of the operator: an address of the web or of mail. */
const CONTACT = /^(?:https?:\/\/|mailto:)[\x21-\x7e]+$/;

/**
 * Who we say that we are: product, version and how to reach a person. No name of a library, no browser disguise (SOURCES.md, 7).
 * @throws {Failure} config.invalid when the contact is no http(s) or mailto address
 */
export function userAgent(version: string, contact: string): string {
  const address = contact.trim();
  if (!CONTACT.test(address) || /[()\\]/.test(address)) {
    throw new Failure(
      'config.invalid',
      `The contact address must be http(s): or mailto:, got '${address.slice(0, 80)}'`,
    );
  }
  return `${PRODUCT}/${version} (+${address})`;
}
