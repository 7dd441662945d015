/** Makes a name part of an address: `Kesselhaus & Söhne` becomes `kesselhaus-sohne`. Never empty. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return plain || 'organisation';
}
