export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export interface WindowPlace extends Bounds {
  isMaximized: boolean
}

const usual = { width: 1280, height: 820 }
export const smallest = { width: 320, height: 400 }
/** So much of the window has to be on a display for its user to get hold of it. */
const gripPx = 80

/** Where the window was the last time, if a display is still there; else in the middle, no larger than the display. */
export function placeWindow(
  last: WindowPlace | null,
  workAreas: Bounds[],
): Partial<Bounds> & { width: number; height: number; isMaximized: boolean } {
  if (last && workAreas.some((area) => overlaps(last, area))) {
    const { x, y, width, height, isMaximized } = last
    return { x, y, width: Math.max(width, smallest.width), height: Math.max(height, smallest.height), isMaximized }
  }
  const [main] = workAreas
  return {
    width: Math.min(usual.width, main?.width ?? usual.width),
    height: Math.min(usual.height, main?.height ?? usual.height),
    isMaximized: false,
  }
}

/** The title bar is at the top: a window whose top is above the display cannot be moved. */
function overlaps(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopThere = window.y >= area.y && window.y <= area.y + area.height - gripPx
  return across >= gripPx && isTopThere
}

/** What a file of an earlier run says, or null for nonsense. */
export function readPlace(text: string): WindowPlace | null {
  try {
    const { x, y, width, height, isMaximized } = JSON.parse(text)
    const isPlace = [x, y, width, height].every(Number.isInteger) && typeof isMaximized === 'boolean'
    return isPlace ? { x, y, width, height, isMaximized } : null
  } catch {
    return null
  }
}
