/** `shop.lan:8080, 10.0.0.7:443`: the receivers of webhooks that may be private. */
export function readPrivateHosts(text: string): string[] {
  const hosts = text === '' ? [] : text.split(',').map((host) => host.trim().toLowerCase());
  const wrong = hosts.find((host) => !/^(\[[\da-f:.]+\]|[a-z\d.-]+):\d{1,5}$/.test(host));
  if (wrong !== undefined) throw new Error(`${wrong} is not a host with a port, like shop.lan:8080`);
  return hosts;
}
