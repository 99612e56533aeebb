// What a question will cost, and what it did cost.
import { useEffect, useState } from 'react';
import { costOf, spent } from './figures.js';
import { toBody, useAnswer, useQuestion } from './tabs.js';
import { estimate } from './transport.js';

/** How long to wait for the end of typing. */
const PAUSE = 400;

/** The line under the answer. */
export function CostPanel() {
  const question = useQuestion();
  const last = useAnswer();
  const [price, setPrice] = useState(null);
  const asked = JSON.stringify(toBody(question));
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setPrice(costOf(await estimate(JSON.parse(asked), controller.signal)));
      } catch {
        if (!controller.signal.aborted) setPrice(null);
      }
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asked]);
  return (
    <div className="atlas-cost">
      {price && (
        <label className={price.refused ? 'atlas-wrong' : undefined}>
          <meter min="0" max="1" high="0.8" value={price.share} aria-label="Estimated cost against the limit" />
          {price.text}
        </label>
      )}
      <span className="atlas-spent" role="status">{last ? spent(last) : 'Not run yet'}</span>
    </div>
  );
}
