import { z } from 'zod';
import { readBounded } from '../read-bounded.ts';
import { type LanguageModel, ModelFailed } from './model.ts';
import type { AiSettings } from './settings.ts';

/** A person waits for it with the form in front of them. */
const timeoutMs = 20_000;
/** A page of text with what an API adds is a tenth of it. */
const mostBytes = 256 * 1024;
/** Each waits for seconds. Beyond them a person is told at once that there is no answer. */
const mostAtOnce = 8;

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * A model behind the API that OpenAI began and others offer too (`POST /chat/completions`): vLLM, Ollama, llama.cpp, Mistral and others.
 * It asks once, because a person can ask again.
 */
export function createChatModel({ baseUrl, apiKey, model }: AiSettings): LanguageModel {
  let running = 0;
  return {
    name: model,
    async ask({ rules, facts }) {
      if (running >= mostAtOnce) throw new ModelFailed('as many questions as may be are waiting');
      running++;
      try {
        const answer = await fetch(`${baseUrl}/chat/completions`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          },
          body: JSON.stringify({
            model,
            messages: [
              { role: 'system', content: rules },
              { role: 'user', content: facts },
            ],
            response_format: { type: 'json_object' },
          }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = (await readBounded(answer, mostBytes)).toString('utf8');
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        const [choice] = answerSchema.parse(JSON.parse(text)).choices;
        return JSON.parse(withoutFence(choice?.message.content ?? ''));
      } catch (error) {
        throw new ModelFailed(reasonOf(error), { cause: error });
      } finally {
        running--;
      }
    },
  };
}

/** Some models put their JSON between three backquotes although nobody asked for it. */
const withoutFence = (text: string): string =>
  text
    .trim()
    .replace(/^```(?:json)?\s*/, '')
    .replace(/\s*```$/, '');

/** Without the answer's text, which may repeat what somebody typed. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the answer is no JSON';
  if (error instanceof z.ZodError) return 'the answer is not one of this API';
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
