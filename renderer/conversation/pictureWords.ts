import type { Picture, PictureType } from '../../contract/domain/picture.ts'
import { formatBytes } from '../ui/bytes.ts'
import { revealControls } from '../ui/untrustedText.ts'

const longestName = 120

/** What a picture is called: its file, without the folders, or else where it stands among the others. */
export function namePicture({ name }: Picture, index: number, count: number, what: string): string {
  const file = name?.split(/[\\/]/).findLast((part) => part.trim() !== '')
  if (file) return revealControls(file.length > longestName ? `${file.slice(0, longestName)}…` : file)
  return count === 1 ? what : `${what} ${index + 1} of ${count}`
}

export function formatDimensions({ width, height }: Picture): string | null {
  return width === null || height === null ? null : `${width.toLocaleString('en')} × ${height.toLocaleString('en')} px`
}

/** `64 × 40 px · 156 B`, as far as it is known. */
export function measurePicture(picture: Picture): string {
  const size = picture.bytes === null ? null : formatBytes(picture.bytes)
  return [formatDimensions(picture), size].filter((word) => word !== null).join(' · ')
}

/** Why it is not shown, in words. */
export function explainPicture(picture: Picture): string | null {
  switch (picture.problem) {
    case null:
      return null
    case 'elsewhere':
      return 'It lies elsewhere and is not loaded'
    case 'format':
      return `${picture.mediaType === null ? 'Its format' : revealControls(picture.mediaType)} is not shown`
    case 'broken':
      return 'It could not be shown: its data is damaged'
    case 'tooLarge':
      return 'It is too large to be shown'
  }
}

const extensions: Record<PictureType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** A name that every file system takes, and that says what the file is, whatever it was called. */
export function nameFile(name: string, mediaType: PictureType): string {
  const stem = name
    .replace(/\.(png|jpe?g|gif|webp|svg|bmp|html?)$/i, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 80)
  return `${stem || 'picture'}.${extensions[mediaType]}`
}

/** As large as it may be in a conversation, never larger than it is. */
export function thumbSize({ width, height }: Picture, most = { width: 320, height: 240 }) {
  if (width === null || height === null) return { width: 160, height: 120 }
  const scale = Math.min(1, most.width / width, most.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
