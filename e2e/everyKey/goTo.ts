import { places } from '../../renderer/shell/places.ts'
import { expect } from '../demo/demoStage.ts'
import type { Check, Checks } from './stage.ts'

const leadsTo =
  (name: string): Check =>
  async ({ page, open, press }) => {
    await open(name === 'Live' ? '/usage' : '/live')
    await press()
    await expect(page).toHaveTitle(`${name} · Tapedeck`)
    await expect(page.getByLabel('Go to')).toBeHidden()
  }

export const goTo: Checks = Object.fromEntries(places.map(({ key, name }) => [name, { [`g ${key}`]: leadsTo(name) }]))
