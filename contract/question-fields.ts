import * as z from 'zod/mini';
import { idSchema } from './ids.ts';

/** What an event may ask of its buyers. The desk's form and the operations use the same schemas. */
export const questionKinds = ['text', 'paragraph', 'number', 'date', 'choice', 'choices', 'consent'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What a browser may fill in by itself, by the names of HTML's `autocomplete`. */
export const autofills = [
  'tel',
  'email',
  'organization',
  'organization-title',
  'street-address',
  'postal-code',
  'address-level2',
  'country-name',
  'bday',
] as const;

const mostQuestions = 50;
const mostTerms = 10;
const mostChoices = 50;
export const longestText = 200;
export const longestParagraph = 2000;
/** All texts of an order together. In JSON they take less than its largest body, whatever their script. */
export const mostLetters = 100_000;
export const largestNumber = 1_000_000_000_000;

const line = (most: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(1),
      z.maxLength(most),
      z.regex(/^\P{Cc}*$/u, 'expected no control characters'),
    );
const prose = (most: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.maxLength(most),
      z.regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, 'expected no control characters'),
    );

/** A name that the organiser's program chooses. Answers are found by it, so it stays with its question for good. */
export const questionKeySchema = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'expected lower-case letters, digits, - and _'),
    z.meta({ examples: ['diet'] }),
  );

const numberLimit = z.nullable(z.number().check(z.gte(-largestNumber), z.lte(largestNumber)));

/** A question as it is answered back: with every part. */
export const questionParts = {
  key: questionKeySchema,
  label: line(200),
  help: prose(500),
  kind: z.enum(questionKinds),
  scope: z.enum(['order', 'ticket']),
  required: z.boolean(),
  choices: z
    .array(z.strictObject({ key: questionKeySchema, label: line(100) }))
    .check(z.maxLength(mostChoices)),
  ticketTypes: z
    .nullable(z.array(idSchema('ticketType')).check(z.minLength(1), z.maxLength(50)))
    .check(z.meta({ description: 'Asked only for places of these ticket types; null for all.' })),
  showIf: z
    .nullable(
      z.strictObject({
        question: questionKeySchema,
        answers: z.array(questionKeySchema).check(z.minLength(1), z.maxLength(mostChoices)),
      }),
    )
    .check(
      z.meta({
        description:
          'Asked only if an earlier question has one of these answers: keys of its choices, or `yes` and `no` of a consent.',
      }),
    ),
  atDoor: z.boolean().check(z.meta({ description: 'The door sees the answer when it scans the ticket.' })),
  autofill: z.nullable(z.enum(autofills)),
  least: numberLimit,
  most: numberLimit,
};

const questionInput = z.strictObject({
  ...questionParts,
  help: z._default(questionParts.help, ''),
  choices: z._default(questionParts.choices, []),
  ticketTypes: z._default(questionParts.ticketTypes, null),
  showIf: z._default(questionParts.showIf, null),
  atDoor: z._default(questionParts.atDoor, false),
  autofill: z._default(questionParts.autofill, null),
  least: z._default(numberLimit, null),
  most: z._default(numberLimit, null),
});

export const termsParts = {
  key: questionKeySchema,
  label: line(200),
  text: prose(5000),
  url: z.nullable(
    z.string().check(z.maxLength(500), z.regex(/^https:\/\/[^\s"'<>]+$/, 'expected an https address')),
  ),
};
const termsInput = z.strictObject({
  ...termsParts,
  text: z._default(termsParts.text, ''),
  url: z._default(termsParts.url, null),
});

export const questionFormFields = z.strictObject({
  questions: z.array(questionInput).check(z.maxLength(mostQuestions)),
  terms: z.array(termsInput).check(z.maxLength(mostTerms)),
  /** How many hours before the start holders may change what they answered for the last time; null for never. */
  changeHours: z.nullable(z.int().check(z.gte(0), z.lte(8760))),
});
export type QuestionFormInput = z.infer<typeof questionFormFields>;
export type Question = z.infer<typeof questionInput>;
export type Terms = z.infer<typeof termsInput> & { version: number };

/** What an event asks now. */
export interface QuestionForm {
  version: number;
  /** By question, the first version in which it reads as it does now. */
  unchangedSince?: Record<string, number> | undefined;
  questions: Question[];
  terms: Terms[];
  changeHours: number | null;
}

export const answerValueSchema = z.union([
  z.string().check(z.maxLength(longestParagraph)),
  z.number(),
  z.boolean(),
  z.array(z.string().check(z.maxLength(40))).check(z.maxLength(mostChoices)),
]);
/** Answers by the keys of their questions. */
export const answersSchema = z.record(questionKeySchema, answerValueSchema).check(
  z.refine((answers) => Object.keys(answers).length <= 2 * mostQuestions, 'has too many answers'),
  z.meta({
    description:
      'Answers by the keys of their questions: a text, a number, a date as `2027-01-31`, the key of a choice, the keys of several choices, or true for a consent.',
  }),
);
export type AnswerValue = z.infer<typeof answerValueSchema>;
export type Answers = z.infer<typeof answersSchema>;

/** The version of the form that a person had before them when they answered. */
export const seenVersionSchema = z.optional(z.int().check(z.gte(0))).check(
  z.meta({
    description:
      'The `version` of the questions that the person saw. An answer to a question that reads differently now is refused with `question_changed`. Without it, the person is taken to have seen what is asked now.',
  }),
);

/** What travels with an order. */
export const orderAnswersFields = {
  answers: z.optional(
    z.strictObject({
      version: seenVersionSchema,
      order: z.optional(answersSchema),
      tickets: z.optional(z.array(answersSchema).check(z.maxLength(100))),
    }),
  ),
  acceptedTerms: z.optional(
    z
      .array(z.strictObject({ key: questionKeySchema, version: z.int().check(z.gte(1)) }))
      .check(z.maxLength(2 * mostTerms)),
  ),
};
export interface OrderAnswers {
  version?: number | undefined;
  order: Answers;
  tickets: Answers[];
}
