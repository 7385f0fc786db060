/** The watch page of a video, whatever page or player shows it; `null` for anything else. Ids keep their capitals. */
export function videoKey(host: string, path: string, query: URLSearchParams): string | null {
  if (host === 'youtu.be') return youtube(/^\/([\w-]{6,})$/.exec(path)?.[1]);
  if (/^(?:music\.)?youtube(?:-nocookie)?\.com$/.test(host)) {
    if (path === '/watch') return youtube(query.get('v') ?? undefined);
    return youtube(/^\/(?:embed|live|shorts|v|e|watch)\/(?!videoseries\b|live_stream\b)([\w-]{6,})$/.exec(path)?.[1]);
  }
  if (host === 'vimeo.com' || host === 'player.vimeo.com') {
    const id =
      /^\/(?:video\/|channels\/[\w-]+\/|groups\/[\w-]+\/videos\/|album\/\d+\/video\/|showcase\/\d+\/video\/)?(\d{5,})(?:\/[0-9a-f]+)?$/.exec(
        path,
      )?.[1];
    return id === undefined ? null : `https://vimeo.com/${id}`;
  }
  const dailymotion =
    host === 'dai.ly'
      ? /^\/(\w+)$/.exec(path)
      : host === 'dailymotion.com'
        ? /^\/(?:embed\/)?video\/([a-z0-9]+)/i.exec(path)
        : null;
  return dailymotion === null ? null : `https://dailymotion.com/video/${dailymotion[1] ?? ''}`;
}

function youtube(id: string | undefined): string | null {
  return id === undefined || !/^[\w-]{6,}$/.test(id) ? null : `https://youtube.com/watch?v=${id}`;
}
