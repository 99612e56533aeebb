import { useGraphiQL } from '@graphiql/react';
import { parse } from 'graphql';
import { useMemo } from 'react';
import { useOpen } from '../tabs.js';
import { coloursOf } from './colours.js';
import { MOST, network, questionAbout } from './network.js';
import { PictureButtons } from './picture-buttons.jsx';
import { useDrawn } from './use-drawn.js';

/** The answer as nodes and edges; a node opens in a tab of its own. */
export function GraphView({ last }) {
  const open = useOpen();
  const schema = useGraphiQL((state) => state.schema);
  const graph = useMemo(
    () => network(last.body.data, parse(last.query), schema, last.operationName),
    [last, schema],
  );
  const element = useDrawn(async (place) => {
    if (graph.nodes.length === 0) return undefined;
    const { drawGraph } = await import('./graph.js');
    const follow = (node) => {
      const query = questionAbout(node, schema);
      if (query) open({ query }, { andRun: true });
    };
    const size = { width: Math.max(240, place.clientWidth - 4), height: Math.max(240, place.clientHeight - 8) };
    place.replaceChildren(drawGraph(graph, { ...size, colours: coloursOf(place), open: follow }));
    return () => place.replaceChildren();
  }, [graph]);
  if (graph.nodes.length === 0) {
    return <p className="atlas-empty">Nothing here has a name: select <code>slug</code> and <code>name</code> of what belongs into the graph.</p>;
  }
  return (
    <>
      <div className="atlas-options">
        <span>{`${graph.nodes.length} nodes, ${graph.edges.length} edges`}{graph.truncated && `; only the first ${MOST} nodes are shown`}</span>
        <PictureButtons place={element} name="graph" />
      </div>
      <div className="atlas-picture" ref={element} />
    </>
  );
}
