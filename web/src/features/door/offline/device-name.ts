/** What a device calls itself until somebody gives it a better name: `iPhone`, `Android`, `Windows`. */
export function deviceName(): string {
  const [name] = /iPhone|iPad|Android|Windows|Macintosh|CrOS|Linux/.exec(navigator.userAgent) ?? [];
  return name === 'Macintosh' ? 'Mac' : name === 'CrOS' ? 'Chromebook' : (name ?? 'Browser');
}
