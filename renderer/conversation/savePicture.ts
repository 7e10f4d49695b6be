import { saveFile } from '../sharing/saveFile.ts'
import type { PictureBytes } from './pictureBytes.ts'
import { nameFile } from './pictureWords.ts'

/** Hands it to the browser's downloads. */
export function savePicture({ mediaType, base64 }: PictureBytes, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  saveFile([bytes], { fileName: nameFile(name, mediaType), mediaType })
}
