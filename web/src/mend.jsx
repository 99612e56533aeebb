// What GraphiQL's own markup lacks for those who use no mouse or do not see it.
import { pick, useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

const CHANGES = pick('tabs', 'activeTabIndex', 'visiblePlugin', 'schema');

/** Mends the markup whenever it may have changed. */
export function Mended() {
  const state = useGraphiQL(CHANGES);
  useEffect(mend, [state]);
  return null;
}

function mend() {
  const session = document.getElementById('graphiql-session');
  session?.setAttribute('role', 'region');
  // A tab may hold no buttons, and these do: hence a list of buttons, one of which is the current one.
  document.querySelector('.graphiql-tabs')?.removeAttribute('role');
  for (const tab of document.querySelectorAll('.graphiql-tab')) {
    for (const name of ['role', 'aria-selected']) tab.removeAttribute(name);
    const button = tab.querySelector('.graphiql-tab-button');
    if (tab.classList.contains('graphiql-tab-active')) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  document.querySelector('.graphiql-explorer-actions select')?.setAttribute('aria-label', 'Kind of operation to add');
}
