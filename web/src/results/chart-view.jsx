import { useMemo, useState } from 'react';
import { suggest } from './chart.js';
import { coloursOf } from './colours.js';
import { PictureButtons } from './picture-buttons.jsx';
import { columns } from './lists.js';
import { useDrawn } from './use-drawn.js';

const KINDS = { bar: 'Bars', line: 'Line', scatter: 'Points' };

/** A chart that suits the rows, and what can be changed about it. */
export function ChartView({ list }) {
  const first = useMemo(() => suggest(list.rows), [list]);
  const [changes, change] = useState({});
  const chart = first && { ...first, ...changes };
  const element = useDrawn(async (place) => {
    if (!chart) return undefined;
    const { drawChart } = await import('./draw.js');
    const width = Math.max(240, place.clientWidth - 4);
    place.replaceChildren(drawChart(list.rows, chart, { width, colours: coloursOf(place) }));
    return () => place.replaceChildren();
  }, [list, JSON.stringify(chart)]);
  if (!chart) return <p className="atlas-empty">Nothing in these rows can be drawn.</p>;
  const names = columns(list.rows);
  const choice = (label, value, options, name) => (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => change({ ...changes, [name]: event.target.value || null })}>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </label>
  );
  const pairs = names.map((name) => [name, name]);
  return (
    <>
      <div className="atlas-options">
        {choice('Chart', chart.kind, Object.entries(KINDS), 'kind')}
        {choice('by', chart.x, pairs, 'x')}
        {choice('of', chart.y, [['', 'number of rows'], ...pairs], 'y')}
        <PictureButtons place={element} name="chart" />
      </div>
      <div className="atlas-picture" ref={element} />
    </>
  );
}
