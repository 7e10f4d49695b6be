/** Every picture that is handed out, and from which drawing at which size it is made. */

export interface Picture {
  /** Under `resources/`, as all paths here. */
  file: string
  drawing: string
  size: number
  /** The part of the drawing that is shown; all of it by default. */
  viewBox?: string
}

export const trayStates = ['idle', 'recording', 'paused', 'attention'] as const

/** macOS wants air around the tile, the others none. */
const tileAlone = '88 88 848 848'

/** Up to 40 pixels the large drawing is a blur: a plainer one on the grid of pixels takes its place. */
function appPicture(file: string, size: number, hasAir = false): Picture {
  if (size <= 40)
    return { file, size, drawing: 'drawings/appIconSmall.svg', viewBox: hasAir ? '-1 -1 18 18' : undefined }
  return { file, size, drawing: 'drawings/appIcon.svg', viewBox: hasAir ? undefined : tileAlone }
}

const linuxSizes = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024]
export const linuxPictures = linuxSizes.map((size) => appPicture(`icons/${size}x${size}.png`, size))

export const icoSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256]
export const icoPictures = icoSizes.map((size) => appPicture('icon.ico', size))

/** The types of an icns that hold a PNG, each with its size in pixels. */
export const icnsTypes = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const
export const icnsPictures = Object.values(icnsTypes).map((size) => appPicture('icon.icns', size, true))

function trayDrawing(state: string, kind = ''): string {
  return `drawings/tray${state.replace(/^./, (first) => first.toUpperCase())}${kind}.svg`
}

export const trayPictures: Picture[] = trayStates.flatMap((state) =>
  ['Template', ''].flatMap((kind) =>
    [1, 2].map((scale) => ({
      file: `tray/${state}${kind}${scale === 2 ? '@2x' : ''}.png`,
      drawing: trayDrawing(state, kind),
      size: 16 * scale,
    })),
  ),
)

/** What Windows takes for its bar at 100, 125, 150, 200, 250, 300 and 400 %; of a single picture it makes a blur. */
export const trayIcoSizes = [16, 20, 24, 32, 40, 48, 64]
export const trayIcos = trayStates.map((state) => ({
  file: `tray/${state}.ico`,
  pictures: trayIcoSizes.map((size): Picture => ({ file: `tray/${state}.ico`, drawing: trayDrawing(state), size })),
}))
