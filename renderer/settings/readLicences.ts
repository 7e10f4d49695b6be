export interface ReadLicence {
  name: string
  version: string
  spdx: string
  text: string
}

/** The packages of the `licences.txt` that the build writes: a rule before each, then `name version (licence)` and its text. */
export function readLicences(file: string): ReadLicence[] {
  return file.split(/\n─{20,}\n/).flatMap((part) => {
    const [, name, version, spdx, text] = /^\s*(\S+) (\S+) \((.+?)\)\n\s*([\s\S]*)$/.exec(part) ?? []
    return name && version && spdx && text !== undefined ? [{ name, version, spdx, text: text.trim() }] : []
  })
}
