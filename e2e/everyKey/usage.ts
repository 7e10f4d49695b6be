import type { Page } from '@playwright/test'
import { expect } from '../demo/demoStage.ts'
import { focused, rows } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { stepsInChart, walk } from './steps.ts'

const chart = (page: Page) => page.getByRole('main').getByRole('slider')

const openChart: Check = async ({ page, open, type }) => {
  await open('/live')
  await type('u')
  await expect(chart(page)).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
  await walk(page, 'Tab', chart(page))
  await type('End')
  await expect(page).toHaveURL(/[?&]at=/)
}

export const usage: Checks = {
  'Charts or numbers': {
    t: async (stage) => {
      const { page, press } = stage
      await openChart(stage)
      await press()
      await expect(chart(page)).toBeHidden()
      await expect(page.getByRole('table', { name: 'Usage over time' })).toBeInViewport()
      await expect(focused(page)).toBeVisible()
      await press()
      await expect(chart(page)).toBeVisible()
      await expect(focused(page)).toBeVisible()
    },
  },
  'Previous, next day': {
    '←': stepsInChart(openChart, chart, []),
    '→': stepsInChart(openChart, chart, ['ArrowLeft']),
  },
  'Show the sessions of that day': {
    '↵': async (stage) => {
      await openChart(stage)
      await stage.press()
      await expect(stage.page).toHaveURL(/#\/sessions\?q=after/)
      await expect(rows(stage.page).first()).toBeVisible()
    },
  },
  'Clear the day, then the filter': {
    Esc: async ({ page, open, press }) => {
      const day = new Date()
      const at = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0'))
      await open(`/usage?model=gpt-6.1-terra&at=${at.join('-')}`)
      await expect(page.getByText('gpt-6.1-terra only')).toBeVisible()
      await press()
      await expect(page).toHaveURL(/#\/usage\?model=gpt-6\.1-terra$/)
      await press()
      await expect(page).toHaveURL(/#\/usage$/)
    },
  },
}
