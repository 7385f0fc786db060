import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SHORTEST = 12;
const LONGEST = 200;

/** A hash of nothing that anybody knows: checked where there is no user, so that the answer takes as long. */
const nobody = hash(crypto.randomUUID(), STRENGTH);

/** What is wrong with a new password, in words; `null` when nothing is. Length is what counts (NCSC, NIST). */
export function passwordFault(password: string, { email, name }: { email: string; name: string }): string | null {
  const plain = password.toLowerCase();
  if (password.length < SHORTEST) return `Use at least ${SHORTEST} characters: three or four words in a row are good.`;
  if (password.length > LONGEST) return `Use at most ${LONGEST} characters.`;
  if (new Set(plain).size < 5) return 'Use more different characters.';
  if (plain.includes(email.toLowerCase()) || plain === name.toLowerCase()) {
    return 'Do not use your name or email address.';
  }
  return null;
}

/** argon2id, with its parameters inside. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'), STRENGTH);
}

/** Whether it is the password; takes as long when there is no hash to compare with. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const plain = password.slice(0, LONGEST).normalize('NFKC');
  const right = await verify(stored ?? (await nobody), plain);
  return right && stored !== null;
}
