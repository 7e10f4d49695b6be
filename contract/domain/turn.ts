import { z } from 'zod'
import { exchangeSchema, statusSchema } from './exchange.ts'
import { pictureSchema, toolPictureSchema } from './picture.ts'
import { usageSchema } from './usage.ts'

const base = { id: z.string(), exchangeId: z.string(), at: z.number() }

export const toolStatusSchema = z.enum(['running', 'completed', 'failed', 'unknown'])

/** One thing inside a turn, in the order people read it. A closed union: what is not understood is `unknown`, kept whole in `raw`. */
export const itemSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('userMessage'),
    text: z.string(),
    images: z.array(z.string()),
    /** The files that they came of, where any of them is known. */
    imageNames: z.array(z.string().nullable()).optional(),
    /** Stands in the place of `images` where these are not sent along, as their bytes are many. */
    pictures: z.array(pictureSchema).optional(),
  }),
  z.object({ ...base, type: z.literal('reasoning'), text: z.string(), encrypted: z.boolean() }),
  z.object({
    ...base,
    type: z.literal('toolCall'),
    callId: z.string(),
    name: z.string(),
    input: z.string(),
    output: z.string().nullable(),
    /** Only of an output that is too long to be sent along: `output` is its beginning, and `item/text` has all of it. */
    outputCut: z.object({ length: z.number(), lineCount: z.number(), end: z.string() }).optional(),
    status: toolStatusSchema,
    durationMs: z.number().nullable(),
    exitCode: z.number().nullable(),
    /** The shell commands that the call ran: one for a classic call, any number for a code-mode program, none for other tools. */
    commands: z.array(z.string()),
    /** The patch text when the call edits files (apply_patch format). */
    patch: z.string().nullable(),
    /** The tools other than these that a code-mode program called, with what could be read of their arguments. */
    uses: z.array(z.object({ name: z.string(), input: z.string() })).optional(),
    /** What it gave the model to see, or what the model made with it. */
    pictures: z.array(toolPictureSchema).optional(),
    /** The same as data URLs; only while the whole of a conversation is written down. */
    images: z.array(z.string()).optional(),
    /** Of an MCP result: its parts in order, as places in `output` and in `pictures`. */
    parts: z
      .array(z.union([z.object({ start: z.number(), end: z.number() }), z.object({ picture: z.number() })]))
      .optional(),
    /** What ran on when the call came back, by codex's own name for it: later calls type into it and read from it. */
    leftRunning: z.object({ kind: z.enum(['terminal', 'program']), id: z.string() }).optional(),
  }),
  z.object({ ...base, type: z.literal('assistantMessage'), text: z.string() }),
  z.object({ ...base, type: z.literal('compaction'), text: z.string() }),
  z.object({
    ...base,
    type: z.literal('error'),
    code: z.string().nullable(),
    message: z.string(),
    /** Of a limit: when it resets, as far as the recording tells. */
    resetsAt: z.number().optional(),
  }),
  z.object({ ...base, type: z.literal('unknown'), label: z.string(), raw: z.unknown() }),
])
export type Item = z.infer<typeof itemSchema>
export type ToolCall = Extract<Item, { type: 'toolCall' }>

/** One user message and everything that it caused. */
export const turnSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  sessionId: z.string(),
  prompt: z.string(),
  status: statusSchema,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  model: z.string().nullable(),
  usage: usageSchema,
  items: z.array(itemSchema),
  exchanges: z.array(exchangeSchema),
  /** Rises with every change of this turn; of two versions the higher is the newer. */
  seq: z.number(),
})
export type Turn = z.infer<typeof turnSchema>

/** What a long conversation tells at first of a turn that is not near: enough to count it and to draw it small. */
export const turnOutlineSchema = turnSchema.omit({ items: true, exchanges: true, seq: true })
export type TurnOutline = z.infer<typeof turnOutlineSchema>
