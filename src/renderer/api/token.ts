const KEY = 'nodeswarm.token';

/**
 * The token of the browser host: taken from the link that was opened (`?token=…`), removed from the address bar and kept for
 * this tab, so that it shows in no bookmark and survives a reload. Empty when there is none.
 */
export function takeToken(
  location: Pick<Location, 'pathname' | 'search' | 'hash'>,
  history: Pick<History, 'replaceState'>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): string {
  const query = new URLSearchParams(location.search);
  const given = query.get('token');
  if (given === null) return storage.getItem(KEY) ?? '';
  storage.setItem(KEY, given);
  query.delete('token');
  const search = query.size > 0 ? `?${query}` : '';
  history.replaceState(null, '', `${location.pathname}${search}${location.hash}`);
  return given;
}
