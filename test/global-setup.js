/** Jest loads this file itself, without its transform: tsx reads the TypeScript. */
import { tsImport } from 'tsx/esm/api';

const { startServing } = await tsImport('./embedded-server.ts', import.meta.url);

export default async function globalSetup() {
  globalThis.newsdeskTestServer = await startServing();
}
