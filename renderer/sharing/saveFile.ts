/** Hands what is in `parts` to the browser's downloads, under the address that it returns. */
export function saveFile(parts: BlobPart[], { fileName, mediaType }: { fileName: string; mediaType: string }): string {
  const url = URL.createObjectURL(new Blob(parts, { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return url
}
