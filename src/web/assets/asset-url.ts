const versions = new Map<string, string>();

/** Told once at start by the routes that serve the files: the version makes a changed file a new address. */
export function setAssetVersion(file: string, version: string): void {
  versions.set(file, version);
}

/** The address of a file of the desk's own look and client code. */
export function assetUrl(file: string): string {
  const version = versions.get(file);
  return version === undefined ? `/assets/${file}` : `/assets/${file}?v=${version}`;
}
