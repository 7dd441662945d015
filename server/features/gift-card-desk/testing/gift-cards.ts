import type { GiftCard } from '../../../../contract/gift-cards.ts';
import type { Answer } from '../../../testing/client.ts';
import type { Organiser } from '../../../testing/world.ts';

interface Issued {
  card: GiftCard;
  code: string;
}

export async function issueCard(
  organiser: Organiser,
  minor: number,
  more: Record<string, unknown> = {},
): Promise<Issued> {
  const { client, organisationId } = organiser;
  const body = { amount: { amount: minor, currency: 'EUR' }, reason: 'sold_elsewhere', ...more };
  const made = await client.post(`/api/organisations/${organisationId}/gift-cards`, body);
  if (made.status !== 201) throw new Error(`no gift card: ${JSON.stringify(made.body)}`);
  return made.body.items[0];
}

/** The card with its history, as the team sees it. */
export const readCard = async (
  { client, organisationId }: Organiser,
  { card }: Issued,
): Promise<Answer['body']> =>
  (await client.get(`/api/organisations/${organisationId}/gift-cards/${card.id}`)).body;

export const balanceOf = async (organiser: Organiser, issued: Issued): Promise<number> =>
  (await readCard(organiser, issued)).card.balance.amount;
