export default async function globalTeardown() {
  await globalThis.newsdeskTestServer?.close();
}
