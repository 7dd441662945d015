const safeName = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** The key of a file or folder, unchanged. Throws unless every name in it is safe, so a key never leaves its folder. */
export function pathOfKey(key: string): string {
  if (!key.split('/').every((name) => safeName.test(name))) throw new Error(`not a key of a file: ${key}`);
  return key;
}
