/** The first file of a multipart/form-data body; null where the body is none. */
export function filePart(body: Buffer, contentType: string): Buffer | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`);
  for (let from = body.indexOf(mark); from >= 0; ) {
    const next = body.indexOf(mark, from + mark.length);
    if (next < 0) return null;
    const part = body.subarray(from + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    if (split >= 0 && /filename\*?=/i.test(part.subarray(0, split).toString())) return part.subarray(split + 4);
    from = next;
  }
  return null;
}
