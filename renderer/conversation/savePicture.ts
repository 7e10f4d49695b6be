import type { PictureBytes } from './pictureBytes.ts'
import { nameFile } from './pictureWords.ts'

/** Hands it to the browser's downloads. */
export function savePicture({ mediaType, base64 }: PictureBytes, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = nameFile(name, mediaType)
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
