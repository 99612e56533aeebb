// Questions and tabs.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { answers, openTab } from './session.js';
import { readVariables } from './share.js';

const picked = (state) => state.tabs[state.activeTabIndex];

/** What stands in the editors: `{ query, variables, operationName }`. */
export function useQuestion() {
  const tab = useGraphiQL(picked);
  const operationName = useGraphiQL((state) => state.operationName);
  return { query: tab?.query ?? '', variables: tab?.variables ?? '', operationName };
}

/** The last answer in the open tab, if there is one. */
export function useAnswer() {
  const id = useGraphiQL((state) => picked(state)?.id);
  const all = useSyncExternalStore(answers.subscribe, answers.get);
  useEffect(() => openTab.set(id), [id]);
  return all[id] ?? null;
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
