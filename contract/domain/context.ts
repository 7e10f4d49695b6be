import { z } from 'zod'

/** What fills the model's window. `history` is the conversation itself; `files` are what commands only read out or what was attached. */
export const contextKindSchema = z.enum(['instructions', 'tools', 'history', 'files', 'output', 'images'])
export type ContextKind = z.infer<typeof contextKindSchema>

/** Who speaks in a part of the history. */
export const contextRoleSchema = z.enum(['user', 'assistant', 'reasoning', 'toolCall', 'compaction', 'other'])
export type ContextRole = z.infer<typeof contextRoleSchema>

/** A part of a request. An item can have several, such as a message with two images. */
export const contextPartSchema = z.object({
  kind: contextKindSchema,
  /** Null for what is no history. */
  role: contextRoleSchema.nullable(),
  label: z.string(),
  /** Its place in the request's `input`, from 0; null for what stands beside it. */
  itemIndex: z.number().nullable(),
  /** For what stands beside the input: the name of the request's field. */
  field: z.string().nullable(),
  /** How many tools are in it; 1 for all else. */
  count: z.number(),
  /** As JSON, in UTF-8. */
  bytes: z.number(),
  /** An estimate by size. Where the model told how much it read, all parts together are that much. */
  tokens: z.number(),
})
export type ContextPart = z.infer<typeof contextPartSchema>

const described = { kind: contextKindSchema, label: z.string(), tokens: z.number() }

/** One step on the way from the previous request's input to this one's, in the order of this one. */
export const contextChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('kept'),
    itemIndex: z.number(),
    previousIndex: z.number(),
    count: z.number(),
    tokens: z.number(),
  }),
  z.object({ type: z.literal('added'), itemIndex: z.number(), ...described }),
  z.object({ type: z.literal('removed'), previousIndex: z.number(), ...described }),
  z.object({
    type: z.literal('changed'),
    itemIndex: z.number(),
    previousIndex: z.number(),
    ...described,
    /** Some text from where they begin to differ, before and after. */
    before: z.string(),
    after: z.string(),
  }),
])
export type ContextChange = z.infer<typeof contextChangeSchema>

export const contextDiffSchema = z.object({
  /** So many items at the begin are the same in both. */
  prefixItems: z.number(),
  changes: z.array(contextChangeSchema),
  /** Whether the field `instructions` differs; instructions in messages are items. */
  areInstructionsChanged: z.boolean(),
  tools: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.string()),
    /** Whether the field `tools` differs, its order included; tools in items are items. */
    isFieldChanged: z.boolean(),
  }),
  /** Other fields of the request that can change what the model reads or how it answers, by name. */
  settings: z.array(z.string()),
  /** Of those whose value is a short text, what it was and what it is. */
  settingValues: z.record(z.string(), z.object({ before: z.string(), after: z.string() })).optional(),
  /** Whether codex put a summary in the place of what was said before. */
  isCompacted: z.boolean(),
  /** Estimated tokens of the previous request by kind. */
  previousTokens: z.record(contextKindSchema, z.number()),
})
export type ContextDiff = z.infer<typeof contextDiffSchema>

/** Why little of the input came from the cache. */
export const cacheMissSchema = z.object({
  cause: z.enum([
    'first',
    'model',
    'account',
    'settings',
    'tools',
    'instructions',
    'compaction',
    'removed',
    'changed',
    'previousFailed',
    'pause',
    'unknown',
  ]),
  /** The item at which the prefix changed; null where it did not, or changed before the first item. */
  itemIndex: z.number().nullable(),
  /** The reason, in one sentence. */
  sentence: z.string(),
  /** True where nothing that was recorded proves the reason. */
  isGuess: z.boolean(),
  /** How many tokens were read anew that the previous request had sent before; null where nobody can say. */
  missedTokens: z.number().nullable(),
})
export type CacheMiss = z.infer<typeof cacheMissSchema>
