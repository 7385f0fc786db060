/** The page of the small web itself: which sites it plays, and what has changed so far. Names are our own: host names and stages. */
export function overview(
  hosts: readonly string[],
  port: number,
  done: readonly { readonly at: Date; readonly stage: { readonly does: string } }[],
): string {
  const sites = hosts.map((host) => `<li><a href="http://${host}.localhost:${port}/">${escaped(host)}</a></li>`);
  const changes = done.map(({ at, stage }) => `<li><time>${at.toISOString()}</time> ${escaped(stage.does)}</li>`);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>The small web of the demo</title></head>
<body><main><h1>The small web of the demo</h1>
<p>Invented pages after the form of real sites, served on this machine. Nothing here is news.</p>
<h2>What has changed since the start</h2>${changes.length === 0 ? '<p>Nothing yet.</p>' : `<ol>${changes.join('')}</ol>`}
<h2>Sites</h2><ul>${sites.join('')}</ul></main></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
