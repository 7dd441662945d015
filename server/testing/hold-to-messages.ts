import { type Message, type MessageType, messageSchema, messageTypes } from '../../contract/messages.ts';
import type { Queryable } from '../data/db.ts';
import { listMessages } from '../data/outbox.ts';

/**
 * Checks every message in the outbox against the contract, strictly: an undeclared member is a breach. Returns one
 * line for each breach. Production does not check, because the compiler has checked the writers. The compiler can't
 * check writers in SQL, nor what the database makes of a value.
 */
export async function findMessageBreaches(db: Queryable): Promise<string[]> {
  const messages = await listMessages(db, 'https://admit.example');
  return messages.flatMap((message) => breachOf(message) ?? []);
}

export function breachOf(message: Message): string | null {
  const { success, error } = messageSchema.safeParse(message);
  if (!success) {
    const issues = error.issues.map(({ path, message: issue }) => `${path.join('.')}: ${issue}`);
    return `message ${message.id}, ${message.type}: ${issues.join('; ')}`;
  }
  const { subject } = messageTypes[message.type as MessageType];
  const expected = (message.data as Record<string, unknown>)[subject];
  return message.subject === expected ? null : `message ${message.id}: its subject is ${message.subject}`;
}
