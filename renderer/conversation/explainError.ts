import { formatMoment, formatUntil } from '../account/moments.ts'
import { formatRelative } from '../ui/formatting.ts'

export interface Explanation {
  title: string
  /** What to do; null when nothing can be done about it here. */
  advice: string | null
}

/** An error of the model's side in plain words. The original message is shown beside it, so nothing is hidden by this. */
export function explainError(code: string | null, message: string): Explanation {
  switch (code) {
    case 'usage_limit_reached':
      return { title: 'The usage limit was reached', advice: 'Wait until it resets, or let an API key continue.' }
    case 'usage_not_included':
      return { title: 'The plan does not include Codex', advice: 'Upgrade the ChatGPT plan, or use an API key.' }
    case 'insufficient_quota':
      return { title: 'The quota is used up', advice: 'Check plan and billing of the account or of the API key.' }
    case 'rate_limit_exceeded':
      return { title: 'Too many requests at once', advice: 'Codex waits and tries again by itself.' }
    case 'context_length_exceeded':
      return { title: 'The context window was full', advice: 'Compact the conversation, or begin a new one.' }
    case 'server_error':
    case 'server_is_overloaded':
    case 'slow_down':
      return { title: 'OpenAI could not answer', advice: 'It is on their side and often passes within minutes.' }
    case 'invalid_prompt':
      return { title: 'The request was refused', advice: 'Something in the prompt or its context is not allowed.' }
    case 'cyber_policy':
    case 'content_filter':
      return { title: 'The request was stopped by a policy of OpenAI', advice: null }
    case 'model_not_found':
      return { title: 'This model is not available to the account', advice: 'Choose another with `codex -m`.' }
    case 'invalid_encrypted_content':
      return {
        title: 'Earlier thoughts belong to another account',
        advice: 'The model goes on without them; the conversation itself is whole.',
      }
    case 'previous_response_not_found':
    case 'websocket_connection_limit_reached':
      return { title: 'The connection was renewed', advice: 'Codex sent everything again; nothing is lost.' }
    case 'invalid_api_key':
    case 'token_expired':
    case 'token_invalidated':
    case 'refresh_token_expired':
    case 'refresh_token_reused':
    case 'refresh_token_invalidated':
      return { title: 'The sign-in is not valid any more', advice: 'Run `codex login`, then start again.' }
    default:
      return explainMessage(code, message)
  }
}

/**
 * What is said of an error at any time: what it was, and below that its own words and what to do. Where a limit resets, what to
 * do depends on the clock: see `describeReset`.
 */
export function tellError({ code, message, resetsAt }: { code: string | null; message: string; resetsAt?: number }): {
  title: string
  text: string
} {
  const { title, advice } = explainError(code, message)
  const said = saysMore(title, message) && message
  return { title, text: [said, resetsAt === undefined && advice].filter(Boolean).join('\n') }
}

/** When a limit resets, with what to do until then; or that it has, and what to do now. */
export function describeReset(resetsAt: number, now: number): { text: string; advice: string; isOver: boolean } {
  if (resetsAt > now) {
    return {
      text: `It resets ${formatMoment(resetsAt, now)}, ${formatUntil(resetsAt, now)}.`,
      advice: 'Resume this session then, or let an API key continue.',
      isOver: false,
    }
  }
  const ago = formatRelative(resetsAt, now)
  // What is longer ago is told as a date.
  const when = ago === 'now' ? 'just now' : /ago$|^yesterday$/.test(ago) ? ago : `on ${ago}`
  return { text: `It has reset since, ${when}.`, advice: 'Resume this session to go on.', isOver: true }
}

/** Whether the message says anything that the title does not. */
export function saysMore(title: string, message: string): boolean {
  const known = new Set(wordsOf(title))
  return wordsOf(message).some((word) => !known.has(word))
}

const fillers = new Set(['a', 'an', 'the', 'is', 'was', 'has', 'have', 'been', 'your', 'this'])

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !fillers.has(word))
}

function explainMessage(code: string | null, message: string): Explanation {
  const text = `${code ?? ''} ${message}`
  if (/max_output_tokens/.test(text)) {
    return { title: 'The answer was too long', advice: 'The model stopped at its output limit.' }
  }
  if (/\b401\b|unauthori[sz]ed/i.test(text)) {
    return {
      title: 'OpenAI did not accept the sign-in',
      advice: 'Codex signs in again by itself; if not: `codex login`.',
    }
  }
  if (/\b429\b/.test(text)) return { title: 'Too many requests', advice: 'Wait a little, then try again.' }
  if (/\b403\b|forbidden/i.test(text)) return { title: 'OpenAI refused the request', advice: null }
  if (/\b5\d\d\b/.test(text)) {
    return { title: 'OpenAI could not answer', advice: 'It is on their side and often passes within minutes.' }
  }
  if (/ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|cannot be reached|disconnected|network/i.test(text)) {
    return { title: 'The connection broke', advice: 'Check the network. Codex tries again by itself.' }
  }
  return { title: 'The model could not finish', advice: null }
}
