/** One answer of the web, whole: decompressed, within the caps, its final address known. */
export interface FetchedDocument {
  /** The address asked for. */
  readonly requestedUrl: string;
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly bytes: Uint8Array;
  readonly fetchedAt: Date;
  /** Rendered by a browser: `bytes` is the serialised page in UTF-8. */
  readonly rendered?: boolean;
}

/** Kept byte for byte as received. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The address that gave them and the Accept header it was asked with: they are sent there, with that, and nowhere else. */
  readonly givenBy?: { readonly url: string; readonly accept: string };
}
