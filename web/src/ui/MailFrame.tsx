import { useMemo } from 'react';

/**
 * Shows a mail in its own document without scripts, forms or navigation, so that it can't act as our page. The
 * document inherits our content security policy, which blocks inline styles. So this removes the styles from the text
 * and sets them through the CSSOM after the document has loaded.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
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
    // The body's height, because the root is at least as high as the frame.
    frame.style.height = `${Math.max(inside.body.scrollHeight, 200) + 40}px`;
  };
  return (
    <iframe
      title={title}
      // Same origin, so that this page may access it. Without allow-scripts it can't access this page.
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
