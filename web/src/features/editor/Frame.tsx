import { type ReactNode, useEffect, useRef, useState } from 'react';

/**
 * Shows children in a document of their own, so that they have the width of another screen. The document shares this page's styles,
 * language and theme. Nothing in it can be pressed.
 */
export function Frame({
  title,
  width,
  height,
  children,
}: {
  title: string;
  width: number;
  height: number;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect.width));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  // The element moves into the frame's document, and React goes on writing into it. A portal would do the same, and its import would
  // cost every page 0.15 KB. React never removes this element by itself, only together with the box.
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (inside && content.current) dress(inside).append(content.current);
  }, []);
  const scale = Math.min(1, room / width);
  return (
    <div
      ref={box}
      className="overflow-hidden rounded-card border border-line"
      style={{ height: height * scale }}
    >
      <iframe
        title={title}
        ref={frame}
        className="origin-top-left rtl:origin-top-right"
        style={{ width, height, transform: `scale(${scale})` }}
      />
      <div ref={content} inert>
        {children}
      </div>
    </div>
  );
}

function dress(inside: Document): HTMLElement {
  const { documentElement: outer } = document;
  const { documentElement: inner } = inside;
  inner.lang = outer.lang;
  inner.dir = outer.dir;
  if (outer.dataset.theme) inner.dataset.theme = outer.dataset.theme;
  for (const sheet of document.querySelectorAll<HTMLLinkElement | HTMLStyleElement>(
    'link[rel=stylesheet], style',
  )) {
    const copy = inside.importNode(sheet, true);
    if (copy instanceof HTMLLinkElement || 'href' in copy)
      (copy as HTMLLinkElement).href = (sheet as HTMLLinkElement).href;
    inside.head.append(copy);
  }
  return inside.body;
}
