import { z } from 'zod';

/**
 * Formatted text as a list of blocks, each a run of spans. It has no markup of its own, so that whoever shows it
 * can't be made to run or load anything: a span is text, and the only address in it is that of a link.
 */
export const spanSchema = z
  .object({
    text: z.string().meta({ description: 'A line break is a line break.' }),
    strong: z.literal(true).optional(),
    emphasis: z.literal(true).optional(),
    href: z.string().optional().meta({ description: 'An address: https, http, mailto or tel.' }),
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
