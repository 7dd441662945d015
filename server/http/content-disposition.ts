/**
 * The Content-Disposition of a download, by RFC 6266: a plain name for old readers, and the name in any letters as RFC 8187
 * writes it. Path separators and control characters are not part of a name.
 */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const whole = name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '_');
  const plain = whole
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w.\- ]/g, '_');
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended(whole)}`;
}

/** Percent-encoded, but for the letters that `attr-char` allows; encodeURIComponent leaves four others too. */
const extended = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
