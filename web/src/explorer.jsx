// The page: GraphiQL, with what analysts need around it.
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { useGraphiQL } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect } from 'react';
import { CopyButtons } from './copy.jsx';
import { CostPanel } from './cost.jsx';
import { EXAMPLES_PLUGIN } from './examples.jsx';
import { KeyField } from './key.jsx';
import { Mended } from './mend.jsx';
import { ResultViews } from './results/views.jsx';
import { SchemaNotice } from './schema-notice.jsx';
import { fromFragment } from './share.js';
import { useOpen } from './tabs.js';
import { fetcher } from './transport.js';

// The library has no option for its name, which would be that of the page.
const QUERY_BUILDER = { ...explorerPlugin(), title: 'Query builder' };
const PLUGINS = [EXAMPLES_PLUGIN, HISTORY_PLUGIN, QUERY_BUILDER];

const FIRST = {
  query: `# Ask here; the examples on the left show what for. Ctrl+Space completes, Ctrl+Enter runs.
query MostUsed {
  technologies(first: 20, orderBy: [{field: ADOPTER_COUNT, direction: DESC}, {field: NAME}]) {
    nodes { slug name kind adopterCount }
  }
}
`,
};

/** The whole page. */
export function Explorer() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={PLUGINS}
      visiblePlugin={matchMedia('(min-width: 60rem)').matches ? EXAMPLES_PLUGIN : undefined}
      defaultTabs={[FIRST]}
      defaultEditorToolsVisibility="variables"
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <a className="atlas-home" href="./">Stack Atlas</a>
        <KeyField />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyButtons />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Mended />
        <SharedLinks />
        <SchemaNotice />
        <CostPanel />
        <ResultViews />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/** Opens the question of the address, now and whenever the address changes. */
function SharedLinks() {
  const open = useOpen();
  const ready = useGraphiQL((state) => Boolean(state.queryEditor && state.variableEditor));
  useEffect(() => {
    if (!ready) return undefined;
    const follow = () => {
      const question = fromFragment(location.hash);
      if (question) open(question);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [ready, open]);
  return null;
}
