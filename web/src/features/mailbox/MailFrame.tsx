import { useMemo } from 'react';
import { t } from './words.ts';

/**
 * A mail in a document of its own without scripts, forms or navigation of ours: it must not act as us. That
 * document inherits our content security policy, which applies no inline style, so what the mail says of
 * its looks is taken out of the text and put back through the CSSOM once the document stands.
 */
export function MailFrame({ html }: { html: string }) {
  const { text, sheets } = useMemo(() => withoutStyles(html), [html]);
  const dress = (frame: HTMLIFrameElement) => {
    const { contentDocument: inside, contentWindow } = frame;
    if (!inside || !contentWindow) return;
    for (const element of inside.querySelectorAll<HTMLElement>('[data-style]')) {
      element.style.cssText = element.dataset.style ?? '';
    }
    const { CSSStyleSheet } = contentWindow as unknown as typeof globalThis;
    inside.adoptedStyleSheets = sheets.map((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      return sheet;
    });
    for (const link of inside.links) link.target = '_blank';
    // The body's height, since the root is at least as high as the frame.
    frame.style.height = `${Math.max(inside.body.scrollHeight, 200) + 40}px`;
  };
  return (
    <iframe
      title={t('content')}
      // The same origin, so that this page may reach in; without allow-scripts nothing can reach out.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={text}
      onLoad={(event) => dress(event.currentTarget)}
      className="mt-6 h-[40rem] w-full rounded-card border border-line bg-white"
    />
  );
}

function withoutStyles(html: string): { text: string; sheets: string[] } {
  const sheets: string[] = [];
  const text = html
    .replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (_, css: string) => {
      sheets.push(css);
      return '';
    })
    .replace(/<script[\s\S]*?<\/script>/gi, '')
    .replace(/(<[a-z][^<>]*?\s)style=/gi, '$1data-style=');
  return { text, sheets };
}
