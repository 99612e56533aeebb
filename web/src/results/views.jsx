// The views of an answer: a bar of buttons under it, and the view that covers it.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { useAnswer } from '../tabs.js';
import { ChartView } from './chart-view.jsx';
import { csv } from './csv.js';
import { saveText } from './download.js';
import { GraphView } from './graph-view.jsx';
import { columns, lists } from './lists.js';
import { TableView } from './table-view.jsx';

const VIEWS = { Table: TableView, Chart: ChartView, Graph: GraphView };

/** The bar and the view. */
export function ResultViews() {
  const last = useAnswer();
  const theme = useGraphiQL((state) => state.theme);
  const [chosen, choose] = useState('JSON');
  const [path, setPath] = useState('');
  const all = useMemo(() => lists(last?.body?.data ?? null), [last]);
  useEffect(() => setPath(all[0]?.path ?? ''), [all]);
  const list = all.find((it) => it.path === path) ?? all[0] ?? { path: '', rows: [] };
  const View = VIEWS[chosen];
  return (
    <div className="atlas-results">
      <div className="atlas-bar" role="toolbar" aria-label="Views of the answer">
        {['JSON', ...Object.keys(VIEWS)].map((name) => (
          <button key={name} type="button" aria-pressed={chosen === name} onClick={() => choose(name)}>{name}</button>
        ))}
        <span className="atlas-gap" />
        {all.length > 1 && chosen !== 'JSON' && chosen !== 'Graph' && (
          <select aria-label="Which list to show" value={list.path} onChange={(event) => setPath(event.target.value)}>
            {all.map((it) => <option key={it.path} value={it.path}>{`${it.path} (${it.rows.length})`}</option>)}
          </select>
        )}
        <Downloads last={last} list={list} />
      </div>
      {last?.failure && <Failure text={last.failure} />}
      {View && !last?.failure && (
        <section className="atlas-view" aria-label={`Answer as ${chosen.toLowerCase()}`}>
          {last?.body?.errors?.length > 0 && <p className="atlas-wrong" role="alert">{last.body.errors[0].message}</p>}
          {last?.body?.data
            ? <View key={list.path + (theme ?? '')} last={last} list={list} />
            : <p className="atlas-empty">{last ? 'The answer holds no data.' : 'Run a question first: Ctrl+Enter.'}</p>}
        </section>
      )}
    </div>
  );
}

/** In the place of every view: there is nothing to view. */
function Failure({ text }) {
  const { run } = useGraphiQLActions();
  return (
    <section className="atlas-view atlas-failure" role="alert">
      <h2>No answer</h2>
      <p>{text}</p>
      <button type="button" onClick={run}>Run it again</button>
    </section>
  );
}

function Downloads({ last, list }) {
  const name = (list.path || 'answer').replaceAll('.', '-');
  const rows = () => saveText(csv(list.rows, columns(list.rows)), `${name}.csv`, 'text/csv');
  const json = () => saveText(JSON.stringify(last.body, null, 2), 'answer.json', 'application/json');
  return (
    <>
      <button type="button" disabled={list.rows.length === 0} aria-label="Download rows as CSV" onClick={rows}>↓ CSV</button>
      <button type="button" disabled={!last} aria-label="Download answer as JSON" onClick={json}>↓ JSON</button>
    </>
  );
}
