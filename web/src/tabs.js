// Questions and tabs.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback, useRef } from 'react';
import { readVariables } from './share.js';

const picked = (state) => state.tabs[state.activeTabIndex];

/** What stands in the editors: `{ query, variables, operationName }`. */
export function useQuestion() {
  const tab = useGraphiQL(picked);
  const operationName = useGraphiQL((state) => state.operationName);
  return { query: tab?.query ?? '', variables: tab?.variables ?? '', operationName };
}

/** The same as it is sent. */
export function toBody({ query, variables, operationName }) {
  return { query, variables: readVariables(variables), ...(operationName && { operationName }) };
}

/** A function that opens a question in a tab of its own, or goes to the tab that holds it. */
export function useOpen() {
  const { addTab, changeTab, run } = useGraphiQLActions();
  const state = useRef();
  state.current = useGraphiQL((all) => all);
  return useCallback(
    ({ query, variables = '' }, { andRun = false } = {}) => {
      const { tabs, queryEditor, variableEditor } = state.current;
      const known = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? '') === variables);
      if (known >= 0) changeTab(known);
      else {
        addTab();
        queryEditor.setValue(query);
        variableEditor.setValue(variables);
      }
      // The editors tell the store of their new text a moment later.
      if (andRun) setTimeout(run, 150);
    },
    [addTab, changeTab, run],
  );
}
