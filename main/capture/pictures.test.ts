import { expect, test } from 'vitest'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { withoutPictureBytes } from './pictures.ts'
import { png } from './samplePictures.ts'

const base = { id: 'i', exchangeId: 'x', at: 1 }
const turnOf = (...items: Item[]) => ({ id: 't', items }) as unknown as Turn

test('of the user’s pictures their bytes stay behind, and what is known of them goes along', () => {
  const images = [`data:image/png;base64,${png(30, 20)}`, 'https://example.com/a.png']
  const said: Item = { ...base, type: 'userMessage', text: 'look', images, imageNames: ['a.png', null] }
  const [sent] = withoutPictureBytes(turnOf(said)).items
  expect(sent).toMatchObject({
    images: [],
    pictures: [
      { name: 'a.png', mediaType: 'image/png', width: 30, height: 20, problem: null },
      { name: null, mediaType: null, problem: 'elsewhere' },
    ],
  })
})

test('a turn without any is sent as it is', () => {
  const turn = turnOf({ ...base, type: 'userMessage', text: 'look', images: [] })
  expect(withoutPictureBytes(turn)).toBe(turn)
})
