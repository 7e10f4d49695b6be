/** The same numbers for the same seed, from 0 to 1: two runs measure the same text. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const plain =
  'the to a of in is and for this it with that file test code function should be on from not as are we error type when value return line use you can add now run change call path name so which but if one new all where there has read write build check first then before after into already only also set list key data still by at or an was will does have its same them each every because while over out up no more need make work find look see fix handle keep move pass fail show start stop open close send wait parse split join load save log print count match update remove create delete rename import export module package server client request response stream socket buffer chunk header body token session cache index query table row column schema migration lock thread worker queue event listener handler callback promise timeout retry signal process memory disk config option flag default version release branch commit merge diff patch review comment issue bug crash trace stack frame scope variable constant string number boolean array object map record union interface class method property parameter argument result'.split(
    ' ',
  )
const beginnings =
  'get set read write parse build make find load save open close handle create update remove check is has on to from with render format decode encode split merge sort filter collect'.split(
    ' ',
  )
const endings =
  'User Account Session Token Request Response Stream Buffer Header Body Path File Folder Index Query Table Row Schema Lock Worker Queue Event Handler Config Option Version Branch Patch Error Result Cache Socket Frame Chunk Timer Button Dialog Window Panel Tree Node Leaf Price Invoice Order Cart Shipment'.split(
    ' ',
  )

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** About 60,000 identifiers such as `parseOrderIndex`, most of them rare, as in real code. */
const identifiers = beginnings.flatMap((beginning) =>
  endings.flatMap((middle) => endings.map((ending) => beginning + middle + (middle === ending ? '' : ending))),
)

export type WriteText = (length: number) => string

/** Writes text like a coding conversation: mostly common words, some identifiers, paths and numbers. */
export function createWriter(random: () => number): WriteText {
  // The lower indices come up far oftener than the higher, which is what words do.
  const pick = (words: string[]) => words[Math.floor(words.length * random() ** 3)] as string

  function pickWord(): string {
    const kind = random()
    if (kind < 0.86) return pick(plain)
    if (kind < 0.95) return pick(identifiers)
    if (kind < 0.98) return `src/${pick(plain)}/${pick(identifiers)}.ts:${Math.floor(random() * 900)}`
    return String(Math.floor(random() * 100_000))
  }

  return (length) => {
    const words: string[] = []
    let written = 0
    while (written < length) {
      const word = random() < 0.07 ? `${capital(pickWord())}` : pickWord()
      const end = random() < 0.08 ? '.\n' : ' '
      words.push(word + end)
      written += word.length + end.length
    }
    return words.join('').slice(0, length)
  }
}
