import { z } from 'zod';

/**
 * Formatted text: a list of blocks, each with a list of spans. It contains no markup, so a page that shows it cannot be
 * made to run or load anything. A span is text, and only a link has a URL.
 */
const spanSchema = z
  .object({
    text: z.string().meta({ description: 'Plain text. Show a line break as a line break.' }),
    strong: z.literal(true).optional(),
    emphasis: z.literal(true).optional(),
    href: z.string().optional().meta({ description: 'A URL with https, http, mailto or tel.' }),
  })
  .meta({ id: 'Span' });
export type Span = z.infer<typeof spanSchema>;

const spans = z.array(spanSchema);

export const richTextSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['paragraph', 'heading', 'quote']), spans }),
      z.object({ kind: z.literal('list'), ordered: z.boolean(), items: z.array(spans) }),
    ]),
  )
  .meta({ id: 'RichText' });
export type RichText = z.infer<typeof richTextSchema>;
export type Block = RichText[number];
