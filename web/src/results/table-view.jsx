import { useMemo, useState } from 'react';
import { columns } from './lists.js';
import { useDrawn } from './use-drawn.js';

/** Rows and columns; any column can be left out. */
export function TableView({ list }) {
  const all = useMemo(() => columns(list.rows), [list]);
  const [hidden, hide] = useState(() => new Set());
  const shown = all.filter((name) => !hidden.has(name));
  const table = useDrawn(async (element) => {
    const { drawTable } = await import('./table.js');
    const drawn = drawTable(element, list.rows, shown);
    return () => drawn.destroy();
  }, [list, shown.join('\n')]);
  const toggle = (name) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    hide(next);
  };
  return (
    <>
      <div className="atlas-options">
        <span>{`${list.rows.length} ${list.rows.length === 1 ? 'row' : 'rows'}`}</span>
        <details>
          <summary>Columns</summary>
          {all.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={!hidden.has(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
        </details>
      </div>
      <div className="atlas-table" ref={table} />
    </>
  );
}
