/**
 * Where menus and tooltips are put: a landmark of their own (in index.html), so that nothing that can be read lies outside of the
 * page's landmarks. Dialogs are landmarks enough. Without anything in it nobody is told of it.
 */
export function floatingHome(): HTMLElement | null {
  return document.getElementById('floating')
}
