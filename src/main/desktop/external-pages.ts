/** Pages that a link in the window may open in the user's browser, as beginnings of https addresses. None: the app links to nothing. */
export const EXTERNAL_PAGES: readonly string[] = [];

/** Whether an address is https and lies below one of the pages that the app links to. */
export function isExternalPage(address: string, pages: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return pages.some((page) => {
    const allowed = new URL(page);
    const below = allowed.pathname.endsWith('/') ? allowed.pathname : `${allowed.pathname}/`;
    return url.origin === allowed.origin && (url.pathname === allowed.pathname || url.pathname.startsWith(below));
  });
}
