// The sidebar of example questions. Each of them is also a test of the API.
import { useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { useOpen } from './tabs.js';
import { examples } from './transport.js';

function Icon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M2 3h12M2 8h12M2 13h7" />
    </svg>
  );
}

/** On a phone the panel covers the editors. */
const isNarrow = () => matchMedia('(max-width: 48rem)').matches;

function Examples() {
  const open = useOpen();
  const { setVisiblePlugin } = useGraphiQLActions();
  const ask = (question) => {
    if (isNarrow()) setVisiblePlugin(null);
    open(question, { andRun: true });
  };
  const [questions, setQuestions] = useState([]);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    examples().then(setQuestions, () => setFailed(true));
  };
  useEffect(load, []);
  const groups = [...new Set(questions.map((question) => question.group))];
  return (
    <section className="atlas-examples" aria-label="Examples">
      <h2>Examples</h2>
      {failed && (
        <div role="alert">
          <p>The examples cannot be loaded. Is the service running?</p>
          <button type="button" onClick={load}>Try again</button>
        </div>
      )}
      {groups.map((group) => (
        <div key={group}>
          <h3>{group}</h3>
          <ul>
            {questions.filter((question) => question.group === group).map((question) => (
              <li key={question.name}>
                <button type="button" onClick={() => ask(question)}>{question.title}</button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** For GraphiQL. */
export const EXAMPLES_PLUGIN = { title: 'Examples', icon: Icon, content: Examples };
