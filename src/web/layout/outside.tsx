import type { ComponentChildren } from 'preact';

/** A link to an address of a source. Anything but http(s) is shown as text and leads nowhere. */
export function Outside({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  if (!/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} rel="noreferrer noopener">
      {children}
    </a>
  );
}
