import type { Block, RichText, Span } from '../../../../contract/rich-text.ts';

/** Formatted text as elements. React writes every span as text, so it can't contain markup. */
export function RichTextView({ text }: { text: RichText }) {
  return (
    <div className="mt-4 grid gap-4 text-lg leading-relaxed">
      {text.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place, and never move
        <BlockView key={i} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'list') {
    const Tag = block.ordered ? 'ol' : 'ul';
    return (
      <Tag dir="auto" className={`grid gap-1 ps-6 ${block.ordered ? 'list-decimal' : 'list-disc'}`}>
        {block.items.map((spans, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={i} className="whitespace-pre-line">
            <Spans spans={spans} />
          </li>
        ))}
      </Tag>
    );
  }
  const spans = <Spans spans={block.spans} />;
  if (block.kind === 'heading') {
    return (
      <h3 dir="auto" className="mt-2 text-xl font-bold tracking-tight">
        {spans}
      </h3>
    );
  }
  const Tag = block.kind === 'quote' ? 'blockquote' : 'p';
  const look = block.kind === 'quote' ? 'border-s-4 border-line ps-4 text-muted' : '';
  return (
    <Tag dir="auto" className={`whitespace-pre-line ${look}`}>
      {spans}
    </Tag>
  );
}

const Spans = ({ spans }: { spans: Span[] }) =>
  spans.map((span, i) => {
    let shown = <>{span.text}</>;
    if (span.emphasis) shown = <em>{shown}</em>;
    if (span.strong) shown = <strong>{shown}</strong>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (span.href === undefined) return <span key={i}>{shown}</span>;
    return (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        key={i}
        href={span.href}
        target="_blank"
        rel="nofollow ugc noopener noreferrer"
        className="font-medium text-accent underline underline-offset-2"
      >
        {shown}
      </a>
    );
  });
