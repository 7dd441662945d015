/** What a host's page says about the widget: attributes of the element, without the empty ones. */
export type WidgetAttributes = Partial<Record<'event' | 'label' | 'lang' | 'theme' | 'via', string>>;

/** A name of a link as the figures take it (contract/source.ts). */
export const isLinkName = (name: string): boolean => /^[\w .:@+-]{0,60}$/.test(name);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The lines to copy into a page. The link inside is for browsers without JavaScript. */
export function widgetCode(
  shop: string,
  { event = '', ...rest }: WidgetAttributes,
  linkText: string,
): string {
  const attributes = Object.entries({ event, ...rest })
    .filter(([, value]) => value)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
  const search = rest.via ? `?${new URLSearchParams({ via: rest.via })}` : '';
  const href = escaped(`${shop}/e/${encodeURIComponent(event)}${search}`);
  return [
    `<script src="${escaped(shop)}/widget.js" async></script>`,
    `<admit-event${attributes}><a href="${href}">${escaped(rest.label || linkText)}</a></admit-event>`,
  ].join('\n');
}
