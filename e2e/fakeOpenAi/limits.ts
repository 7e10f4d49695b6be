import { accountId, email } from './identities.ts'

/** How much of the plan is used up. */
export interface Limits {
  planType: string
  /** Of the five hours. */
  usedPercent: number
  /** Of the week. */
  weeklyUsedPercent: number
}

function windowsOf({ usedPercent, weeklyUsedPercent }: Limits) {
  const now = Math.floor(Date.now() / 1000)
  return {
    primary: { used_percent: usedPercent, window_minutes: 300, reset_at: now + 7200 },
    secondary: { used_percent: weeklyUsedPercent, window_minutes: 10_080, reset_at: now + 4 * 86_400 },
  }
}

/** The headers of chatgpt.com's answers. */
export function toLimitHeaders(limits: Limits): Record<string, string> {
  const headers: Record<string, string> = { 'x-codex-plan-type': limits.planType }
  for (const [name, window] of Object.entries(windowsOf(limits))) {
    headers[`x-codex-${name}-used-percent`] = String(window.used_percent)
    headers[`x-codex-${name}-window-minutes`] = String(window.window_minutes)
    headers[`x-codex-${name}-reset-at`] = String(window.reset_at)
  }
  return headers
}

/** The frame that chatgpt.com sends on a WebSocket before an answer. */
export function toLimitEvent(limits: Limits): object {
  return {
    type: 'codex.rate_limits',
    plan_type: limits.planType,
    rate_limits: { allowed: true, limit_reached: false, ...windowsOf(limits) },
    credits: null,
  }
}

/** The answer of `wham/usage`. */
export function toUsage(limits: Limits): object {
  const { primary, secondary } = windowsOf(limits)
  const toWindow = ({ used_percent, window_minutes, reset_at }: typeof primary) => ({
    used_percent,
    limit_window_seconds: window_minutes * 60,
    reset_after_seconds: reset_at - Math.floor(Date.now() / 1000),
    reset_at,
  })
  return {
    user_id: 'user-1',
    account_id: accountId,
    email,
    plan_type: limits.planType,
    rate_limit: {
      allowed: true,
      limit_reached: false,
      primary_window: toWindow(primary),
      secondary_window: toWindow(secondary),
    },
    credits: null,
    rate_limit_reset_credits: null,
  }
}
